import { explain } from "@branchline/core/deployments/reasons";
import type { RoleAsked } from "@branchline/testing/aws-door";
import type { Reach } from "../faults/fault.ts";
import type { History, Told } from "./histories.ts";

const recoveryMs = 15_000;

/** A fault that happened. One with the reach of a worker took the one at its place. */
export type Happened = { name: string; reach: Reach; place: number; from: number; until: number };

/** The worker at a place asked AWS for a deployment's role, which is how it begins, or goes on, with it. */
export type Begun = RoleAsked & { place: number };

export type Recoveries = { broken: number; count: number; longestMs: number; sentences: string[] };

type Outside = {
  begun: readonly Begun[];
  histories: readonly History[];
  logs: ReadonlyMap<string, string>;
};

/**
 * P4: after a worker's crash its work goes on within 15 s. A deployment lost its worker when a fault took the one that had
 * asked AWS for its role last, before GitHub was told its end. It goes on when a worker asks AWS for its role again.
 */
export function judgeRecoveries({ begun, histories, logs }: Outside, faults: readonly Happened[]): Recoveries {
  const recoveries: Recovery[] = [];
  const unseen: string[] = [];
  const unexplained: string[] = [];
  for (const told of deploymentsIn(histories)) {
    const starts = begun.filter(({ deploymentId }) => deploymentId === told.deploymentId);
    if (told.conclusion === "success" && starts.length === 0)
      unseen.push(`unseen: nobody asked AWS for the role of ${told.deploymentId}, which succeeded`);
    const found = recoveriesOf(told, starts, faults);
    const takeovers = logs.get(told.deploymentId)?.match(/▸ Another worker goes on/g)?.length ?? 0;
    const [ended, wentOn] = [found.filter(({ isOfEnd }) => isOfEnd), found.filter(({ isOfEnd }) => !isOfEnd)];
    // What waited without a worker when the fault came goes on without a word in its log: it had none to lose.
    recoveries.push(...ended, ...wentOn.toSorted((one, other) => one.ms - other.ms).slice(0, takeovers));
    if (takeovers > wentOn.length)
      unexplained.push(`${told.deploymentId} went on with another worker, and no fault had taken the one before`);
  }
  const slow = recoveries.filter(({ ms }) => ms > recoveryMs);
  return {
    broken: slow.length + unseen.length,
    count: recoveries.length,
    longestMs: Math.max(0, ...recoveries.map(({ ms }) => ms)),
    sentences: [...slow.map(({ words }) => `slow: ${words}`), ...unseen, ...unexplained],
  };
}

/** Each once, as GitHub shows it: a check run whose creation seemed to fail has a newer one. */
function deploymentsIn(histories: readonly History[]): Told[] {
  const told = histories.flatMap(({ moments }) => moments.flatMap((moment) => moment.told));
  return [...Map.groupBy(told, ({ deploymentId }) => deploymentId).values()].flatMap(([newest]) => newest ?? []);
}

type Recovery = { ms: number; isOfEnd: boolean; words: string };

/** One for each time that it may have gone on after a fault, and one for what never did. */
function recoveriesOf(told: Told, starts: readonly Begun[], faults: readonly Happened[]): Recovery[] {
  const taking = faults.filter((fault) => isHeldAt(told, starts, fault));
  const byNext = Map.groupBy(taking, ({ from }) => starts.find(({ at }) => at > from)?.at ?? null);
  return [...byNext].flatMap(([next, [first, ...others]]) => {
    const resumedAt = next ?? endAfterLosses(told);
    if (first === undefined || resumedAt === null) return [];
    const same = [first, ...others];
    const taken = same.find(({ reach }) => reach === "a worker") ?? same.at(-1) ?? first;
    return [recoveryOf(told, { taken, resumedAt, isOfEnd: next === null }, faults)];
  });
}

/** Whether the fault met a worker that had the deployment. One that was lost before it asked AWS may be any. */
function isHeldAt({ startedAt, completedAt }: Told, starts: readonly Begun[], fault: Happened): boolean {
  if (fault.reach === "nobody" || (completedAt !== null && completedAt <= fault.from)) return false;
  const holder = starts.findLast(({ at }) => at <= fault.from);
  if (holder === undefined) return startedAt !== null && startedAt <= fault.from;
  return fault.reach === "everybody" || holder.place === fault.place;
}

/**
 * When a deployment ended that no worker began with again. Its worker may have ended it, and was not lost then.
 * @returns null when it did; infinity when nobody has
 */
function endAfterLosses({ conclusion, completedAt, summary }: Told): number | null {
  if (conclusion === null) return Number.POSITIVE_INFINITY;
  return summary.includes(explain("worker_lost").sentence) ? completedAt : null;
}

type Loss = { taken: Happened; resumedAt: number; isOfEnd: boolean };

/** While a server is away nobody can go on, so it counts from its return. */
function recoveryOf(
  { deploymentId }: Told,
  { taken, resumedAt, isOfEnd }: Loss,
  faults: readonly Happened[],
): Recovery {
  const hindering = faults.filter(({ reach, from, until }) => {
    return reach === "everybody" && from < resumedAt && until > taken.from;
  });
  const ms = Math.max(0, resumedAt - Math.max(taken.from, ...hindering.map(({ until }) => until)));
  const after = hindering.map(({ name }) => `, counted from the end of "${name}"`).join("");
  const took = `${isOfEnd ? "ended" : "went on"} after ${(ms / 1_000).toFixed(1)} s`;
  const words = ms === Number.POSITIVE_INFINITY ? "never went on" : took;
  return { ms, isOfEnd, words: `${deploymentId} ${words}: ${taken.name}${after}` };
}
