import { type ProfileLimits, unprovenBecause } from "../deploy-profiles/rules.ts";
import type { RunningLimits } from "./limits.ts";

type Numbered = { number: number };

/** What holds a queued deployment back. */
export type Wait = {
  kind: "goes_first" | "profile" | "runs" | "organization_limit" | "installation_limit" | "worker";
  sentence: string;
  /** Why that is so, where there is more to say. */
  detail?: string;
};

export type Queue = {
  /** What runs in its service, stage and region. */
  holder: Numbered | undefined;
  /** What waits there since before it, the oldest first. */
  ahead: readonly Numbered[];
  profile: ProfileLimits;
  /** Among those of its organization that nothing of their own holds back: behind what runs, from 1. */
  place: number;
  /** Of every organization. */
  runningInAll: number;
  limits: RunningLimits;
};

/** The first thing that must change before it can start: what waits for somebody is told before what ends by itself. */
export function waitOf({ holder, ahead, profile, place, runningInAll, limits }: Queue): Wait {
  const before = ahead.at(-1);
  if (before !== undefined) return { kind: "goes_first", sentence: `Waits for #${before.number}, which goes first.` };
  const unproven = unprovenBecause(profile);
  if (unproven !== null)
    return { kind: "profile", sentence: `Waits until the deploy profile ${profile.slug} is proven.`, detail: unproven };
  if (holder !== undefined)
    return { kind: "runs", sentence: `Waits for #${holder.number}, which deploys to this stage now.` };
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
