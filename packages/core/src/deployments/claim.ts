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
 * @returns null when it is not queued any more, its service, stage and region is taken, its profile is not proven, or a
 *   limit is reached
 */
export async function claimDeployment(
  db: Db,
  deploymentId: string,
  now: Date,
  limits: RunningLimits = defaultLimits,
): Promise<Claim | null> {
  try {
    return await transact(db, async (tx) => {
      const moved = await move(tx, deploymentId, { from: "queued", to: "running" }, { startedAt: now });
      if (!moved) return null;
      const claim = await hold(tx, deploymentId);
      if (claim === null || !(await isWithin(tx, claim, limits))) throw new NotYet();
      return claim;
    });
  } catch (error) {
    if (isUniqueViolation(error) || error instanceof NotYet) return null;
    throw error;
  }
}

/** Takes the move back. */
class NotYet extends Error {}

/** For deployments: nothing starts with a role that was not proven, or that AWS has refused since. */
export const isOfProvenProfile = Prisma.sql`EXISTS (
  SELECT FROM deploy_profiles profile WHERE profile.id = deploy_profile_id AND profile.proven_at IS NOT NULL)`;

/** Any number: the lock under which claims count what runs. */
export const claimsLock = 20_261_124;

/** The lease and the lock, which comes last and is held for as long as it takes to count and to commit: all claims wait for it. */
async function hold(tx: Tx, deploymentId: string): Promise<Claim | null> {
  const [claim] = await tx.$queryRaw<Claim[]>(Prisma.sql`
    UPDATE deployments
    SET epoch = epoch + 1, lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    FROM (SELECT pg_advisory_xact_lock(${claimsLock})) locked
    WHERE id = ${deploymentId}::uuid AND ${isOfProvenProfile}
    RETURNING id AS "deploymentId", organization_id AS "organizationId", epoch, log_lines + 1 AS "firstLine",
      false AS "isTakenOver"`);
  return claim ?? null;
}

/** Whoever claims counts alone, itself with the others, so that no two find the same last place free. */
async function isWithin(tx: Tx, { organizationId }: Claim, limits: RunningLimits): Promise<boolean> {
  const [running] = await tx.$queryRaw<[{ ofOrganization: bigint; inAll: bigint }]>(Prisma.sql`
    SELECT count(*) AS "inAll", count(*) FILTER (WHERE organization_id = ${organizationId}::uuid) AS "ofOrganization"
    FROM deployments WHERE status = 'running'`);
  return running.ofOrganization <= limits.perOrganization && running.inAll <= limits.inAll;
}
