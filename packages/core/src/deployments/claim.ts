import { type Db, Prisma, type Tx, transact } from "@branchline/db";
import { move } from "../move.ts";
import { isUniqueViolation } from "../unique-violation.ts";
import { leaseMs } from "./lease.ts";
import { defaultLimits, type RunningLimits } from "./limits.ts";

export type Claim = {
  deploymentId: string;
  organizationId: string;
  epoch: number;
  firstLine: number;
  /** Another worker had begun it, and was lost or gave it up. */
  isTakenOver: boolean;
};

/**
 * Takes a queued deployment for one worker. The partial unique index on the slot and the guarded move decide, so exactly
 * one of many that try gets it. The lease runs on the database's clock.
 * @returns null when it is not queued any more, its service, stage and region is taken, or a limit is reached
 */
export async function claimDeployment(
  db: Db,
  deploymentId: string,
  now: Date,
  limits: RunningLimits = defaultLimits,
): Promise<Claim | null> {
  try {
    return await transact(db, async (tx) => {
      if (!(await isWithin(tx, deploymentId, limits))) return null;
      const moved = await move(tx, deploymentId, { from: "queued", to: "running" }, { startedAt: now });
      if (!moved) return null;
      const [row] = await tx.$queryRaw<Claim[]>(Prisma.sql`
        UPDATE deployments
        SET epoch = epoch + 1, lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
        WHERE id = ${deploymentId}::uuid
        RETURNING id AS "deploymentId", organization_id AS "organizationId", epoch, log_lines + 1 AS "firstLine",
          false AS "isTakenOver"`);
      return row ?? null;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

/** Any number: the lock under which claims count what runs. */
export const claimsLock = 20_261_124;

/** Whoever claims counts alone, so that no two find the same last place free. What is not queued waits for no lock. */
async function isWithin(tx: Tx, deploymentId: string, limits: RunningLimits): Promise<boolean> {
  const locked = await tx.$executeRaw(Prisma.sql`
    SELECT pg_advisory_xact_lock(${claimsLock}) FROM deployments WHERE id = ${deploymentId}::uuid AND status = 'queued'`);
  if (locked === 0) return false;
  const [running] = await tx.$queryRaw<{ organization: bigint; all: bigint }[]>(Prisma.sql`
    SELECT count(*) AS all, count(*) FILTER (
      WHERE organization_id = (SELECT organization_id FROM deployments WHERE id = ${deploymentId}::uuid)) AS organization
    FROM deployments WHERE status = 'running'`);
  return running !== undefined && running.organization < limits.perOrganization && running.all < limits.inAll;
}
