import { type Db, type PhaseName, type PhaseStatus, Prisma } from "@branchline/db";

export type PhaseOwner = { deploymentId: string; epoch: number };

/**
 * A phase begins, if the epoch still owns the deployment.
 * @param firstLine the line of the log at which it begins
 * @returns false when the deployment is another worker's now
 */
export async function startPhase(
  db: Db,
  owner: PhaseOwner,
  name: PhaseName,
  firstLine: number,
  at: Date,
): Promise<boolean> {
  const rows = await db.$executeRaw(Prisma.sql`
    INSERT INTO phases (deployment_id, epoch, name, status, first_line, started_at)
    SELECT id, epoch, ${name}::"PhaseName", 'running', ${firstLine}, ${at} FROM deployments
    WHERE id = ${owner.deploymentId}::uuid AND epoch = ${owner.epoch} AND status = 'running'`);
  return rows === 1;
}

/** A phase ends. */
export async function endPhase(
  db: Db,
  owner: PhaseOwner,
  name: PhaseName,
  end: { status: Exclude<PhaseStatus, "running">; note: string | null; at: Date },
): Promise<void> {
  await db.phase.updateMany({
    where: { ...owner, name, deployment: { epoch: owner.epoch } },
    data: { status: end.status, note: end.note, finishedAt: end.at },
  });
}
