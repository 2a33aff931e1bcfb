import { type Db, Prisma } from "@branchline/db";
import type { CoreBell } from "../bells.ts";
import { listDueLooks } from "../branch-heads/look.ts";
import { isChoreDue } from "../chores/claim.ts";
import { listDueProofs } from "../deploy-profiles/queries.ts";
import { inTurns } from "../in-turns.ts";
import { listDueSyncs } from "../installations/queries.ts";
import { listDueScans } from "../repositories/queries.ts";
import { isUnheld } from "./take-over.ts";

/** Younger rows have just been rung for. */
const graceMs = 3_000;
const batch = 200;
/** Fewer, since what lies in the queue is done in its order, whosever it is: who has one waits behind no more than these. */
const choreBatch = 50;

/** A bell for every row that waits for a job: deliveries, deployments that no worker holds any more, reports, lists of repositories, scans, proofs, looks at branches, redeliveries. */
export async function listDueBells(db: Db): Promise<CoreBell[]> {
  const [deliveries, unheld, reports, installations, repositories, profiles, looks, isRedeliveryDue] =
    await Promise.all([
      dueDeliveries(db),
      unheldDeployments(db),
      dueReports(db),
      listDueSyncs(db, choreBatch),
      listDueScans(db, choreBatch),
      listDueProofs(db, batch),
      listDueLooks(db, choreBatch),
      isChoreDue(db, "github.redeliver"),
    ]);
  return [
    ...deliveries.map(({ id }): CoreBell => ({ name: "github.receive", payload: { deliveryId: id } })),
    ...unheld.map(({ id: deploymentId, isParked }): CoreBell => {
      return { name: isParked ? "deployment.run" : "deployment.take-over", payload: { deploymentId } };
    }),
    ...reports.map(({ id }): CoreBell => ({ name: "deployment.report", payload: { deploymentId: id } })),
    ...installations.map((installationId): CoreBell => ({ name: "installation.sync", payload: { installationId } })),
    ...repositories.map((repositoryId): CoreBell => ({ name: "repository.scan", payload: { repositoryId } })),
    ...profiles.map((deployProfileId): CoreBell => ({ name: "deploy-profile.prove", payload: { deployProfileId } })),
    ...looks.map((repositoryId): CoreBell => ({ name: "repository.look", payload: { repositoryId } })),
    ...(isRedeliveryDue ? [{ name: "github.redeliver", payload: {} } as const] : []),
  ];
}

function unheldDeployments(db: Db): Promise<{ id: string; isParked: boolean }[]> {
  return db.$queryRaw(Prisma.sql`
    SELECT id, parked_because IS NOT NULL AS "isParked" FROM deployments
    WHERE ${isUnheld} ORDER BY lease_until NULLS FIRST LIMIT ${batch}`);
}

// Raw SQL in both: the grace runs on the database's clock, and a status is compared with another column.
function dueDeliveries(db: Db): Promise<{ id: string }[]> {
  const due = Prisma.sql`
    SELECT id, installation_github_id AS owner, received_at AS since FROM webhook_deliveries
    WHERE settled_at IS NULL AND received_at < now() - ${graceMs} * interval '1 millisecond'`;
  return db.$queryRaw(inTurns(due, batch));
}

function dueReports(db: Db): Promise<{ id: string }[]> {
  const due = Prisma.sql`
    SELECT id, organization_id AS owner, queued_at AS since FROM deployments
    WHERE (reported_status IS NULL OR reported_status IN ('queued', 'running')) AND reported_status IS DISTINCT FROM status::text
      AND queued_at < now() - ${graceMs} * interval '1 millisecond'`;
  return db.$queryRaw(inTurns(due, batch));
}
