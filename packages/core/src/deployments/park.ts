import { type Db, Prisma } from "@branchline/db";
import type { PhaseOwner } from "./phases.ts";

export type Wait = {
  /** What it waits for, in a sentence. */
  because: string;
  forMs: number;
  /** How long the worker had it, which was no waiting. */
  ranMs: number;
  /** All was done that a cancellation can do, if somebody cancelled it. */
  isCancelHeeded: boolean;
};

/**
 * Lets go of a running deployment without ending it: no worker holds it while it waits, and its service, stage and region
 * stay taken. The sweep rings for it when the time is over; at once, when it was cancelled and nobody has heeded that.
 * @returns false when it is another worker's now
 */
export async function parkDeployment(
  db: Db,
  { deploymentId, epoch }: PhaseOwner,
  { because, forMs, ranMs, isCancelHeeded }: Wait,
): Promise<boolean> {
  const waits = Prisma.sql`(cancel_asked_at IS NULL OR ${isCancelHeeded})`;
  const past = Prisma.sql`parked_since + ${ranMs} * interval '1 millisecond'`;
  const rows = await db.$executeRaw(Prisma.sql`
    UPDATE deployments
    SET parked_because = ${because},
      parked_since = CASE WHEN ${waits} THEN coalesce(${past}, clock_timestamp()) END,
      lease_until = CASE WHEN ${waits} THEN clock_timestamp() + ${forMs} * interval '1 millisecond' END
    WHERE id = ${deploymentId}::uuid AND epoch = ${epoch} AND status = 'running'`);
  return rows === 1;
}

/** AWS turned out to be as it was before: the deployment may start from its beginning. */
export async function forgetMutation(db: Db, { deploymentId, epoch }: PhaseOwner): Promise<void> {
  await db.deployment.updateMany({
    where: { id: deploymentId, epoch, status: "running" },
    data: { mutatingAt: null, stackChangedBefore: null, stackEventBefore: null },
  });
}
