import { checks, ruleTestsCheck } from "./check/checks.ts";
import type { Check, Outcome } from "./check/outcome.ts";

const together = 2;

/** Runs one check and prints its line, and its output when it fails. What it throws is a failure, too. */
async function report(check: Check): Promise<boolean> {
  const begun = performance.now();
  const outcome = await check.run().catch((error: unknown): Outcome => ({ ok: false, output: String(error) }));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${outcome.ok ? "✓" : "✗"} ${check.name.padEnd(24)} ${seconds.padStart(5)} s`);
  if (!outcome.ok) console.log(outcome.output.replace(/^/gm, "  "));
  return outcome.ok;
}

const begun = performance.now();
const waiting = [ruleTestsCheck, ...checks];
const held: boolean[] = [];
const work = async () => {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) held.push(await report(check));
};
await Promise.all(Array.from({ length: together }, work));

const failed = held.filter((each) => !each).length;
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
console.log(`\n${held.length - failed} hold, ${failed} do not, in ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;
