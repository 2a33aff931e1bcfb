import { checks } from "../check/checks.ts";
import type { Outcome } from "../check/outcome.ts";
import type { Counts } from "./counts.ts";

/** Runs the checks, or those whose name holds the word; each counts as one test. */
export async function runChecks(name: string | undefined): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const check of checks.filter((one) => name === undefined || one.name.includes(name))) {
    const begun = performance.now();
    const outcome = await check.run().catch((error: unknown): Outcome => ({ ok: false, output: String(error) }));
    console.log(`${outcome.ok ? "✓" : "✗"} ${check.name}  ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    if (!outcome.ok) console.log(outcome.output.replace(/^/gm, "  "));
    counts[outcome.ok ? "passed" : "failed"] += 1;
  }
  return counts;
}
