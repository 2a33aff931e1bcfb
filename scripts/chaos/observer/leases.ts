import { leaseMs } from "@branchline/core/deployments/lease";
import type { Acme } from "@branchline/testing/scene/acme";

const pollMs = 250;

/** An epoch of a deployment that ended without its worker. */
export type Loss = { deploymentId: string; epoch: number; lastBeatAt: number };

type Seen = { epoch: number; leaseUntil: Date | null; parkedBecause: string | null };

/** Watches every lease in the database: when a deployment that was not parked is taken over, the last beat before it is known. */
export function watchLeases({ ctx }: Pick<Acme, "ctx">) {
  const { db, organizationId } = ctx;
  const losses: Loss[] = [];
  const seen = new Map<string, Seen>();

  async function look(): Promise<void> {
    const rows = await db.deployment.findMany({
      where: { organizationId, startedAt: { not: null } },
      orderBy: { number: "desc" },
      take: 100,
      select: { id: true, epoch: true, leaseUntil: true, parkedBecause: true },
    });
    for (const { id, ...row } of rows) {
      const before = seen.get(id);
      if (before !== undefined && isLost(before, row)) losses.push(lossOf(id, before));
      // A worker that gives a deployment up leaves no lease.
      seen.set(id, { ...row, leaseUntil: row.leaseUntil ?? before?.leaseUntil ?? null });
    }
  }

  // Postgres may be away; nobody takes over anything meanwhile.
  const timer = setInterval(() => void look().catch(() => undefined), pollMs);
  return { losses, stop: () => clearInterval(timer) };
}

/** One that was only just claimed has had no worker before. */
const isLost = (before: Seen, now: Seen) =>
  now.epoch > before.epoch && before.epoch > 0 && before.parkedBecause === null;

function lossOf(deploymentId: string, { epoch, leaseUntil }: Seen): Loss {
  return { deploymentId, epoch, lastBeatAt: Number(leaseUntil) - leaseMs };
}
