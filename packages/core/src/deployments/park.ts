import { type Db, Prisma } from "@branchline/db";
import type { PhaseOwner } from "./phases.ts";

/**
 * Lets go of a running deployment without ending it: no worker holds it while it waits, and its service, stage and region
 * stay taken. The sweep rings for it when the time is over.
 * @param because what it waits for, in a sentence
 * @returns false when it is another worker's now
 */
export async function parkDeployment(
  db: Db,
  { deploymentId, epoch }: PhaseOwner,
  { because, forMs }: { because: string; forMs: number },
): Promise<boolean> {
  const rows = await db.$executeRaw(Prisma.sql`
    UPDATE deployments
    SET parked_because = ${because}, parked_since = coalesce(parked_since, clock_timestamp()),
      lease_until = clock_timestamp() + ${forMs} * interval '1 millisecond'
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
