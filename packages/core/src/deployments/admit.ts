import { type Db, Prisma } from "@branchline/db";
import type { Doorbell } from "../bells.ts";
import { isOfProvenProfile } from "./claim.ts";
import { defaultLimits, type RunningLimits } from "./limits.ts";

/** Admitted in one pass; the next finish or sweep admits more. */
const perPass = 50;

/**
 * Station 5: rings for every queued deployment whose turn it is: the oldest of its service, stage and region, none of
 * which runs, of a proven profile, within the limits. An organization's first goes before another's second, also in the
 * line for a worker.
 * Ringing twice is harmless, since the claim decides.
 * Raw SQL: each organization's index is read from its oldest on and only until its limit, however many wait behind.
 */
export async function admitDeployments(
  db: Db,
  doorbell: Doorbell,
  { perOrganization, inAll }: RunningLimits = defaultLimits,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string; place: number }[]>(Prisma.sql`
    WITH load AS (
      SELECT organization_id, count(*) AS running FROM deployments WHERE status = 'running' GROUP BY organization_id)
    SELECT turns.id, turns.place::int FROM organizations
    LEFT JOIN load ON load.organization_id = organizations.id
    CROSS JOIN LATERAL (
      SELECT heads.id, heads.queued_at,
        coalesce(load.running, 0) + row_number() OVER (ORDER BY heads.queued_at, heads.number) AS place
      FROM (
        SELECT head.id, head.queued_at, head.number FROM deployments head
        WHERE head.organization_id = organizations.id AND head.status = 'queued'
          AND ${isOfProvenProfile}
          AND NOT EXISTS (
            SELECT FROM deployments other WHERE other.service_id = head.service_id AND other.stage_id = head.stage_id
              AND other.region = head.region AND other.status = 'queued' AND other.number < head.number)
          AND NOT EXISTS (
            SELECT FROM deployments other WHERE other.service_id = head.service_id AND other.stage_id = head.stage_id
              AND other.region = head.region AND other.status = 'running')
        ORDER BY head.queued_at, head.number
        LIMIT greatest(0, ${perOrganization} - coalesce(load.running, 0))) heads) turns
    ORDER BY turns.place, turns.queued_at
    LIMIT greatest(0, least(${perPass}, ${inAll} - (SELECT coalesce(sum(running), 0) FROM load)))`);
  if (rows.length > 0)
    await doorbell.ring(
      rows.map(({ id, place }) => ({ name: "deployment.run", payload: { deploymentId: id }, priority: place })),
    );
  return rows.map((row) => row.id);
}
