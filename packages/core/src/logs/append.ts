import { type Db, Prisma } from "@branchline/db";

export type NewChunk = {
  deploymentId: string;
  epoch: number;
  /** From 1, rising by one within the epoch. */
  seq: number;
  firstLine: number;
  lineCount: number;
  /** Its first line goes on from the one before. */
  continues: boolean;
  /** Masked; whole lines. */
  bytes: Uint8Array;
};

/**
 * Stores a chunk, if the epoch still owns the deployment: one statement, so that no line of a worker that lost its lease
 * slips in between a check and a write.
 * @returns how many bytes were ever stored of the log; null when the epoch is not the deployment's any more
 */
export async function appendChunk(db: Db, chunk: NewChunk): Promise<number | null> {
  const { deploymentId, epoch, seq, firstLine, lineCount, continues, bytes } = chunk;
  const [row] = await db.$queryRaw<{ end: bigint }[]>(Prisma.sql`
    WITH owner AS (
      UPDATE deployments
      SET log_lines = GREATEST(log_lines, ${firstLine + lineCount - 1}), log_bytes = log_bytes + ${bytes.length}
      WHERE id = ${deploymentId}::uuid AND epoch = ${epoch} AND status = 'running'
      RETURNING id, log_bytes)
    INSERT INTO log_chunks (deployment_id, epoch, seq, first_line, line_count, continues, byte_offset, bytes)
    SELECT id, ${epoch}, ${seq}, ${firstLine}, ${lineCount}, ${continues}, log_bytes - ${bytes.length}, ${bytes} FROM owner
    RETURNING byte_offset + ${bytes.length} AS end`);
  return row === undefined ? null : Number(row.end);
}
