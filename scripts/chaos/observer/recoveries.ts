import { leaseMs } from "@branchline/core/deployments/lease";
import type { Reach } from "../faults/fault.ts";
import type { Loss } from "./leases.ts";

const recoveryMs = 15_000;

/** A fault that happened. */
export type Happened = { name: string; reach: Reach; from: number; until: number };

export type Recoveries = { broken: number; count: number; longestMs: number; sentences: string[] };

/**
 * P4: after a worker's crash its work goes on within 15 s. A recovery begins with the fault that took the worker, or with
 * the end of one that left nobody who could have recovered; it ends with the first line that the next worker wrote.
 * @param firstLines when each epoch of a deployment wrote its first line
 */
export function judgeRecoveries(
  losses: readonly Loss[],
  faults: readonly Happened[],
  firstLines: ReadonlyMap<string, ReadonlyMap<number, number>>,
): Recoveries {
  const recoveries = losses.flatMap((loss) => {
    // Who was taken as well before it wrote a line is a loss of its own.
    const resumedAt = firstLines.get(loss.deploymentId)?.get(loss.epoch + 1);
    return resumedAt === undefined ? [] : [recoveryOf(loss, resumedAt, faults)];
  });
  const slow = recoveries.filter(({ ms }) => ms > recoveryMs);
  return {
    broken: slow.length,
    count: recoveries.length,
    longestMs: Math.max(0, ...recoveries.map(({ ms }) => ms)),
    sentences: slow.map(({ words }) => `slow: ${words}`),
  };
}

function recoveryOf({ deploymentId, epoch, lastBeatAt }: Loss, resumedAt: number, faults: readonly Happened[]) {
  const taking = faults.find(({ reach, from, until }) => {
    return reach === "a worker" && until >= lastBeatAt && from <= lastBeatAt + leaseMs;
  });
  const lostAt = Math.max(taking?.from ?? 0, lastBeatAt);
  const hindering = faults.filter(({ reach, from, until }) => {
    return reach === "everybody" && from < resumedAt && until > lostAt;
  });
  const since = Math.max(lostAt, ...hindering.map(({ until }) => until));
  const ms = Math.max(0, resumedAt - since);
  const after = hindering.map(({ name }) => `, counted from the end of "${name}"`).join("");
  const words = `${deploymentId} epoch ${epoch} went on after ${(ms / 1_000).toFixed(1)} s: ${taking?.name ?? "no fault took its worker"}${after}`;
  return { ms, words };
}
