import type { Statement, Statements } from "@branchline/db/statements";
import { leaseMs } from "./lease.ts";

export type Beat = "held" | "cancel_asked" | "lost";

const renew: Statement = {
  name: "deployments.beat",
  text: `UPDATE deployments SET lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    WHERE id = $1::uuid AND epoch = $2::int AND status = 'running' AND lease_until IS NOT NULL AND parked_because IS NULL
    RETURNING cancel_asked_at IS NOT NULL AS "cancelAsked"`,
};

/**
 * Keeps the lease. One that was given up or parked meanwhile stays so: held by nobody, it would count as a lost worker's.
 * "lost" means that another worker may have the deployment: stop, and write nothing more.
 */
export async function beat(statements: Statements, deploymentId: string, epoch: number): Promise<Beat> {
  const [row] = await statements.run<{ cancelAsked: boolean }>(renew, [deploymentId, String(epoch)]);
  if (row === undefined) return "lost";
  return row.cancelAsked ? "cancel_asked" : "held";
}
