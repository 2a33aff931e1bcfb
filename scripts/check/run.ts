import type { Check, Outcome } from "./outcome.ts";

const together = 2;

/** Runs checks side by side, and prints a line for each, with its output when it fails. @returns how many hold, and how many do not */
export async function runChecks(checks: readonly Check[]): Promise<{ passed: number; failed: number }> {
  const waiting = [...checks];
  const held: boolean[] = [];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) held.push(await report(check));
  };
  await Promise.all(Array.from({ length: together }, work));
  const passed = held.filter((each) => each).length;
  return { passed, failed: held.length - passed };
}

/** What a check throws is a failure, too. */
async function report(check: Check): Promise<boolean> {
  const begun = performance.now();
  const outcome = await check.run().catch((error: unknown): Outcome => ({ ok: false, output: String(error) }));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${outcome.ok ? "✓" : "✗"} ${check.name.padEnd(24)} ${seconds.padStart(5)} s`);
  if (!outcome.ok) console.log(outcome.output.replace(/^/gm, "  "));
  return outcome.ok;
}
