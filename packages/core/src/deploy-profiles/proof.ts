/** What a test of a role tries, in this order. */
export const probes = ["assumes", "refused_without_external_id", "refused_with_wrong_external_id", "account"] as const;
export type Probe = (typeof probes)[number];

/** "unanswered": AWS did not say; neither for the role nor against it. */
export const probeOutcomes = ["passed", "failed", "unanswered"] as const;
export type ProbeOutcome = (typeof probeOutcomes)[number];

export type ProbeResult = { probe: Probe; outcome: ProbeOutcome; message: string };

/** A role is proven when each probe passed. */
export function isProven(results: readonly ProbeResult[]): boolean {
  return probes.every((probe) => results.some((result) => result.probe === probe && result.outcome === "passed"));
}

/** The results with one more; a later result of the same probe takes the earlier one's place. */
export function withProbe(results: readonly ProbeResult[], added: ProbeResult): ProbeResult[] {
  const all = [...results.filter((result) => result.probe !== added.probe), added];
  return all.sort((a, b) => probes.indexOf(a.probe) - probes.indexOf(b.probe));
}
