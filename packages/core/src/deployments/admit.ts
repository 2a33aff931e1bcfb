import { type Db, Prisma } from "@branchline/db";
import type { Doorbell } from "../bells.ts";

export type AdmitLimits = {
  /** Running at once in one organization. */
  perOrganization: number;
  /** Admitted in one pass; the next finish or sweep admits more. */
  perPass: number;
};

const defaultLimits: AdmitLimits = { perOrganization: 10, perPass: 50 };

/**
 * Station 5: rings for every queued deployment whose turn it is: the oldest of its service, stage and region, none of
 * which runs, within the organization's limit. Ringing twice is harmless, since the claim decides.
 * Raw SQL, because "the oldest of each slot" is one window and not a query per slot.
 */
export async function admitDeployments(
  db: Db,
  doorbell: Doorbell,
  limits: AdmitLimits = defaultLimits,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
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
    SELECT id FROM turns WHERE place <= ${limits.perOrganization} ORDER BY place, queued_at LIMIT ${limits.perPass}`);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await doorbell.ring(ids.map((deploymentId) => ({ name: "deployment.run", payload: { deploymentId } })));
  return ids;
}
