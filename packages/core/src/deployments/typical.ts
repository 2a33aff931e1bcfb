import { type Db, Prisma } from "@branchline/db";

/** Key of a service's stage in the maps below. */
export function slotKey(serviceId: string, stageId: string): string {
  return `${serviceId}/${stageId}`;
}

/**
 * The typical duration in milliseconds of a success, per service and stage: the median of the last twenty.
 * Raw SQL for the median.
 * @param serviceId the only one that is asked for; all of the organization without it
 */
export async function typicalDurations(
  db: Db,
  organizationId: string,
  serviceId?: string,
): Promise<Map<string, number>> {
  const which = serviceId === undefined ? Prisma.empty : Prisma.sql`AND services.id = ${serviceId}::uuid`;
  const rows = await db.$queryRaw<{ serviceId: string; stageId: string; ms: number }[]>(Prisma.sql`
    WITH latest AS (
      SELECT slots.service_id, slots.stage_id, last.ms FROM
        (SELECT services.id AS service_id, stages.id AS stage_id FROM services JOIN stages USING (app_id)
          WHERE services.organization_id = ${organizationId}::uuid ${which}) AS slots
      CROSS JOIN LATERAL (
        SELECT extract(epoch FROM finished_at - started_at) * 1000 AS ms FROM deployments
        WHERE service_id = slots.service_id AND stage_id = slots.stage_id AND status = 'succeeded'
        ORDER BY number DESC LIMIT 20) AS last)
    SELECT service_id AS "serviceId", stage_id AS "stageId",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)::float8 AS ms
    FROM latest GROUP BY service_id, stage_id`);
  return new Map(rows.map((row) => [slotKey(row.serviceId, row.stageId), row.ms]));
}
