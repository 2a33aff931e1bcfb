import { type Db, Prisma, type Tx, transact } from "@branchline/db";
import type { Claim } from "./claim.ts";
import { leaseMs } from "./lease.ts";

type TakenOver = Claim & { touchedAws: boolean };

/**
 * Takes a running deployment that no worker holds: its worker fell silent or gave it up, or it was parked until now. Exactly
 * one of many that try gets it; the worker before can write nothing any more.
 * @returns null when somebody holds it, or it has ended
 */
export function takeOverDeployment(db: Db, deploymentId: string, now: Date): Promise<Claim | null> {
  return transact(db, async (tx) => {
    const [row] = await tx.$queryRaw<TakenOver[]>(Prisma.sql`
      UPDATE deployments
      SET epoch = epoch + 1, lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
        lost_workers = lost_workers + ${isLost}::int, parked_because = NULL
      FROM (
        SELECT id AS before_id, parked_because IS NULL AS was_unparked FROM deployments
        WHERE id = ${deploymentId}::uuid FOR UPDATE) before
      WHERE id = before_id AND ${isUnheld}
      RETURNING id AS "deploymentId", organization_id AS "organizationId", epoch, log_lines + 1 AS "firstLine",
        was_unparked AS "isTakenOver", mutating_at IS NOT NULL AS "touchedAws"`);
    if (row === undefined) return null;
    const { touchedAws, ...claim } = row;
    await settlePhases(tx, claim, touchedAws, now);
    return claim;
  });
}

/** For deployments: runs, and no worker holds it. Leases run on the database's clock; one that was given up is null. */
export const isUnheld = Prisma.sql`status = 'running' AND (lease_until IS NULL OR lease_until < clock_timestamp())`;

/** For unheld deployments: the worker fell silent, which only a crash or a bug of ours does to it. */
const isLost = Prisma.sql`(parked_because IS NULL AND lease_until IS NOT NULL)`;

/** What is followed goes on in the phases that it has; what starts again ends those that were cut off. */
async function settlePhases(tx: Tx, { deploymentId, epoch }: Claim, touchedAws: boolean, now: Date): Promise<void> {
  const where = { deploymentId, epoch: epoch - 1 };
  if (touchedAws) await tx.phase.updateMany({ where, data: { epoch } });
  else {
    const data = { status: "failed", note: "The worker was lost.", finishedAt: now } as const;
    await tx.phase.updateMany({ where: { ...where, status: "running" }, data });
  }
}
