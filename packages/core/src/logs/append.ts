import { type Db, Prisma } from "@branchline/db";

export type NewChunk = {
  deploymentId: string;
  epoch: number;
  /** From 1, rising by one within the epoch. */
  seq: number;
  firstLine: number;
  lineCount: number;
  /** Masked; whole lines. */
  bytes: Uint8Array;
};

/**
 * Stores a chunk, if the epoch still owns the deployment: one statement, so that no line of a worker that lost its lease
 * slips in between a check and a write.
 * @returns false when the epoch is not the deployment's any more.
 */
export async function appendChunk(db: Db, chunk: NewChunk): Promise<boolean> {
  const { deploymentId, epoch, seq, firstLine, lineCount, bytes } = chunk;
  const rows = await db.$executeRaw(Prisma.sql`
    WITH owner AS (
      UPDATE deployments SET log_lines = GREATEST(log_lines, ${firstLine + lineCount - 1})
      WHERE id = ${deploymentId}::uuid AND epoch = ${epoch} AND status = 'running'
      RETURNING id)
    INSERT INTO log_chunks (deployment_id, epoch, seq, first_line, line_count, bytes)
    SELECT id, ${epoch}, ${seq}, ${firstLine}, ${lineCount}, ${bytes} FROM owner`);
  return rows === 1;
}
