import { type Db, Prisma } from "@branchline/db";
import type { Doorbell } from "../bells.ts";
import { defaultLimits, type RunningLimits } from "./limits.ts";

/** Admitted in one pass; the next finish or sweep admits more. */
const perPass = 50;

/**
 * Station 5: rings for every queued deployment whose turn it is: the oldest of its service, stage and region, none of
 * which runs, within the limits. An organization's first goes before another's second, also in the line for a worker.
 * Ringing twice is harmless, since the claim decides.
 * Raw SQL, because "the oldest of each slot" is one window and not a query per slot.
 */
export async function admitDeployments(
  db: Db,
  doorbell: Doorbell,
  limits: RunningLimits = defaultLimits,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string; place: number }[]>(Prisma.sql`
    WITH running AS (
      SELECT organization_id, service_id, stage_id, region FROM deployments WHERE status = 'running'),
    load AS (SELECT organization_id, count(*) AS running FROM running GROUP BY organization_id),
    heads AS (
      SELECT DISTINCT ON (service_id, stage_id, region) id, organization_id, service_id, stage_id, region, queued_at
      FROM deployments WHERE status = 'queued' ORDER BY service_id, stage_id, region, number),
    turns AS (
      SELECT heads.*, coalesce(load.running, 0)
        + row_number() OVER (PARTITION BY heads.organization_id ORDER BY heads.queued_at) AS place
      FROM heads LEFT JOIN load USING (organization_id)
      WHERE NOT EXISTS (
        SELECT FROM running WHERE running.service_id = heads.service_id
          AND running.stage_id = heads.stage_id AND running.region = heads.region))
    SELECT id, place::int FROM turns WHERE place <= ${limits.perOrganization} ORDER BY place, queued_at
    LIMIT greatest(0, least(${perPass}, ${limits.inAll} - (SELECT count(*) FROM running)))`);
  if (rows.length > 0)
    await doorbell.ring(
      rows.map(({ id, place }) => ({ name: "deployment.run", payload: { deploymentId: id }, priority: place })),
    );
  return rows.map((row) => row.id);
}
