import type { RunningLimits } from "./limits.ts";

type Numbered = { number: number };

/** What holds a queued deployment back. */
export type Wait = {
  kind: "runs" | "goes_first" | "organization_limit" | "installation_limit" | "worker";
  sentence: string;
};

export type Queue = {
  /** What runs in its service, stage and region. */
  holder: Numbered | undefined;
  /** What waits there since before it, the oldest first. */
  ahead: readonly Numbered[];
  /** Among those of its organization that nothing of their own holds back: behind what runs, from 1. */
  place: number;
  /** Of every organization. */
  runningInAll: number;
  limits: RunningLimits;
};

/** The first thing that must change before it can start, in the order in which turns are given. */
export function waitOf({ holder, ahead, place, runningInAll, limits }: Queue): Wait {
  if (holder !== undefined && ahead.length === 0)
    return { kind: "runs", sentence: `Waits for #${holder.number}, which deploys to this stage now.` };
  const before = ahead.at(-1);
  if (before !== undefined) return { kind: "goes_first", sentence: `Waits for #${before.number}, which goes first.` };
  if (place > limits.perOrganization)
    return {
      kind: "organization_limit",
      sentence: `Waits since ${atOnce(limits.perOrganization, "this organization")}.`,
    };
  if (runningInAll >= limits.inAll)
    return {
      kind: "installation_limit",
      sentence: `Waits since ${atOnce(limits.inAll, "all organizations together")}.`,
    };
  return { kind: "worker", sentence: "Waits for a free worker." };
}

function atOnce(limit: number, of: string): string {
  return limit === 1 ? `only 1 deployment of ${of} runs at once` : `only ${limit} deployments of ${of} run at once`;
}
