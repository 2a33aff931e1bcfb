import type { Db } from "@branchline/db";

/** Where a reader is: the last chunk that it has. */
export type LogPosition = { epoch: number; seq: number };

export type LogChunkView = LogPosition & {
  firstLine: number;
  lineCount: number;
  text: string;
  at: Date;
};

/** The chunks after a position, in order. The caller has checked whose deployment it is. */
export async function readChunks(
  db: Db,
  deploymentId: string,
  after: LogPosition | null,
  take: number,
): Promise<LogChunkView[]> {
  const position = after ?? { epoch: 0, seq: 0 };
  const rows = await db.logChunk.findMany({
    where: {
      deploymentId,
      OR: [{ epoch: { gt: position.epoch } }, { epoch: position.epoch, seq: { gt: position.seq } }],
    },
    orderBy: [{ epoch: "asc" }, { seq: "asc" }],
    take,
  });
  return rows.map(({ epoch, seq, firstLine, lineCount, bytes, at }) => ({
    epoch,
    seq,
    firstLine,
    lineCount,
    at,
    text: Buffer.from(bytes).toString("utf8"),
  }));
}

/** The whole log, a few chunks at a time, as it stands now. */
export async function* readWholeLog(db: Db, deploymentId: string): AsyncGenerator<string> {
  let after: LogPosition | null = null;
  for (;;) {
    const chunks: LogChunkView[] = await readChunks(db, deploymentId, after, 20);
    const last = chunks.at(-1);
    if (last === undefined) return;
    for (const chunk of chunks) yield chunk.text;
    after = { epoch: last.epoch, seq: last.seq };
  }
}
