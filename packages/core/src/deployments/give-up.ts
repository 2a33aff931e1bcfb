import { type Db, Prisma } from "@branchline/db";
import type { Doorbell } from "../bells.ts";
import { move } from "../move.ts";

/**
 * Ends deployments whose worker fell silent, so that their slot is free. Before AWS was touched nothing happened; after it
 * nobody knows, and the deployment says so. Raw SQL, because leases run on the database's clock.
 */
export async function giveUpSilent(db: Db, now: Date, doorbell: Doorbell): Promise<void> {
  const rows = await db.$queryRaw<{ id: string; epoch: number; touchedAws: boolean }[]>(Prisma.sql`
    SELECT id, epoch, mutating_at IS NOT NULL AS "touchedAws" FROM deployments
    WHERE status = 'running' AND lease_until < clock_timestamp()`);
  for (const { id, epoch, touchedAws } of rows) {
    const reason = touchedAws ? "stack_unknown" : "worker_lost";
    const ended = await move(db, id, { from: "running", to: "failed" }, { reason, finishedAt: now }, epoch);
    if (ended) await doorbell.ring([{ name: "deployment.report", payload: { deploymentId: id } }]);
  }
}
