/** What one check found. `output` is for people and empty when there is nothing to say. */
export type Outcome = { ok: boolean; output: string };

/** One step of `npm run check`; its name is what holds when it passes. */
export type Check = { name: string; run(): Promise<Outcome> };

/** Passes when there are no findings; lists them otherwise. */
export function outcomeOf(findings: readonly string[]): Outcome {
  return { ok: findings.length === 0, output: findings.join("\n") };
}
