import { type Db, Prisma, transact } from "@branchline/db";
import type { PhaseOwner } from "./phases.ts";
import type { ResourceChange } from "./resource-changes.ts";

export type StackFacts = {
  accountId?: string;
  stackName?: string;
  stackId?: string;
  stackStatus?: string;
  /** Logical ids of the resources in whose way a rollback stopped. */
  stackStuck?: string[];
  /** From here on the deployment is followed to its end and never run again. */
  mutatingAt?: Date;
  /** When the stack had last changed before that, and its last event. */
  stackChangedBefore?: Date | null;
  stackEventBefore?: string | null;
  /** What was wished to be done to it first has been asked for. */
  repair?: null;
  /** What the CLI is about to deploy, in the runner's form. */
  described?: Prisma.InputJsonValue;
  /** Of all change sets that it executed. */
  resourceChanges?: ResourceChange[];
};

/** @returns false when the deployment is another worker's now */
export async function recordStack(db: Db, { deploymentId, epoch }: PhaseOwner, facts: StackFacts): Promise<boolean> {
  const { count } = await db.deployment.updateMany({
    where: { id: deploymentId, epoch, status: "running" },
    data: facts,
  });
  return count === 1;
}

export type StackEventFact = {
  eventId: string;
  at: Date;
  logicalId: string;
  physicalId: string | null;
  resourceType: string;
  status: string;
  reason: string | null;
};

/** Stores stack events once each, in any order, if the epoch still owns the deployment. */
export async function recordStackEvents(
  db: Db,
  { deploymentId, epoch }: PhaseOwner,
  events: StackEventFact[],
): Promise<void> {
  await transact(db, async (tx) => {
    // Locked, so that nobody takes it over between the look and the write.
    const owned = await tx.$queryRaw<unknown[]>(Prisma.sql`
      SELECT FROM deployments WHERE id = ${deploymentId}::uuid AND epoch = ${epoch} AND status = 'running' FOR SHARE`);
    if (owned.length === 0) return;
    await tx.stackEvent.createMany({
      data: events.map((event) => ({ ...event, deploymentId })),
      skipDuplicates: true,
    });
  });
}
