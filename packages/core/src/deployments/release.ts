import { type Db, Prisma, transact } from "@branchline/db";
import type { PhaseOwner } from "./phases.ts";

/**
 * Gives a running deployment up for whoever takes it next, at once: the worker ends, or was away from the database for
 * longer than its lease. Not a lost worker, so it counts as none.
 * @param because the note of the phase that is cut off, when the next worker starts from the beginning
 * @returns false when it is another worker's already
 */
export function releaseDeployment(
  db: Db,
  { deploymentId, epoch }: PhaseOwner,
  { because, now }: { because: string; now: Date },
): Promise<boolean> {
  return transact(db, async (tx) => {
    const [row] = await tx.$queryRaw<{ touchedAws: boolean }[]>(Prisma.sql`
      UPDATE deployments SET lease_until = NULL
      WHERE id = ${deploymentId}::uuid AND epoch = ${epoch} AND status = 'running'
      RETURNING mutating_at IS NOT NULL AS "touchedAws"`);
    if (row === undefined) return false;
    if (row.touchedAws) return true;
    const data = { status: "failed", note: because, finishedAt: now } as const;
    await tx.phase.updateMany({ where: { deploymentId, epoch, status: "running" }, data });
    return true;
  });
}
