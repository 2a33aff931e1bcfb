import { type Db, Prisma } from "@branchline/db";
import type { LogLimits } from "./rules.ts";

/** Lines by their numbers; `to` is behind the last. */
export type LineRange = { from: number; to: number };

/**
 * Lets go of the middle of a log that is longer than is kept, if the epoch still owns the deployment. Chunks go as a whole,
 * so a little more may stay.
 * @returns the lines that went; null when none did
 */
export async function trimLog(
  db: Db,
  { deploymentId, epoch }: { deploymentId: string; epoch: number },
  { headBytes, tailBytes }: LogLimits,
): Promise<LineRange | null> {
  const [range] = await db.$queryRaw<{ from: number | null; to: number | null }[]>(Prisma.sql`
    WITH gone AS (
      DELETE FROM log_chunks USING deployments
      WHERE deployments.id = ${deploymentId}::uuid AND deployments.epoch = ${epoch} AND deployments.status = 'running'
        AND log_chunks.deployment_id = deployments.id
        AND byte_offset >= ${headBytes} AND byte_offset + octet_length(bytes) <= log_bytes - ${tailBytes}
      RETURNING first_line, line_count)
    SELECT min(first_line) AS from, max(first_line + line_count) AS to FROM gone`);
  const { from = null, to = null } = range ?? {};
  return from === null || to === null ? null : { from, to };
}
