import { type Db, Prisma } from "@branchline/db";
import { move } from "../move.ts";
import { isUniqueViolation } from "../unique-violation.ts";

/** How long a silent worker keeps a deployment. It beats three times as often. */
export const leaseMs = 9_000;

export type Claim = { deploymentId: string; organizationId: string; epoch: number; firstLine: number };

/**
 * Takes a queued deployment for one worker. The partial unique index on the slot and the guarded move decide, so exactly
 * one of many that try gets it. The lease runs on the database's clock.
 * @returns null when it is not queued any more, or its service, stage and region is taken.
 */
export async function claimDeployment(db: Db, deploymentId: string, now: Date): Promise<Claim | null> {
  try {
    return await db.$transaction(async (tx) => {
      const moved = await move(tx, deploymentId, { from: "queued", to: "running" }, { startedAt: now });
      if (!moved) return null;
      const [row] = await tx.$queryRaw<Claim[]>(Prisma.sql`
        UPDATE deployments
        SET epoch = epoch + 1, lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
        WHERE id = ${deploymentId}::uuid
        RETURNING id AS "deploymentId", organization_id AS "organizationId", epoch, log_lines + 1 AS "firstLine"`);
      return row ?? null;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}
