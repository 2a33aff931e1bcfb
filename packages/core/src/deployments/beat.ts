import { type Db, Prisma } from "@branchline/db";
import { leaseMs } from "./claim.ts";

export type Beat = "held" | "cancel_asked" | "lost";

/** Keeps the lease. "lost" means that another worker may have the deployment: stop, and write nothing more. */
export async function beat(db: Db, deploymentId: string, epoch: number): Promise<Beat> {
  const [row] = await db.$queryRaw<{ cancelAsked: boolean }[]>(Prisma.sql`
    UPDATE deployments SET lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    WHERE id = ${deploymentId}::uuid AND epoch = ${epoch} AND status = 'running'
    RETURNING cancel_asked_at IS NOT NULL AS "cancelAsked"`);
  if (row === undefined) return "lost";
  return row.cancelAsked ? "cancel_asked" : "held";
}
