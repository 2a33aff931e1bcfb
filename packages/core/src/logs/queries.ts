import type { Db } from "@branchline/db";
import { gapText } from "./rules.ts";

/** Where a reader is: the last chunk that it has. */
export type LogPosition = { epoch: number; seq: number };

export type LogChunkView = LogPosition & {
  /** Lines between the last one before and this are not kept. */
  firstLine: number;
  lineCount: number;
  /** Its first line goes on from the one before. */
  continues: boolean;
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
  return rows.map(({ epoch, seq, firstLine, lineCount, continues, bytes, at }) => ({
    epoch,
    seq,
    firstLine,
    lineCount,
    continues,
    at,
    text: Buffer.from(bytes).toString("utf8"),
  }));
}

const chunksAtOnce = 20;

/** The whole log as it stands now, a few chunks at a time, its long lines whole again and what is not kept told. */
export async function* readWholeLog(db: Db, deploymentId: string): AsyncGenerator<string> {
  let last: LogChunkView | null = null;
  for (;;) {
    const chunks: LogChunkView[] = await readChunks(db, deploymentId, last, chunksAtOnce);
    for (const chunk of chunks) {
      yield `${joint(last, chunk)}${chunk.text.slice(0, -1)}`;
      last = chunk;
    }
    if (chunks.length < chunksAtOnce) break;
  }
  if (last !== null) yield "\n";
}

/** What stands between two chunks that follow each other. */
function joint(before: LogChunkView | null, { firstLine, continues }: LogChunkView): string {
  const missing = firstLine - (before === null ? 1 : before.firstLine + before.lineCount);
  if (missing > 0) return `${before === null ? "" : "\n"}${gapText(missing)}\n`;
  return before === null || continues ? "" : "\n";
}
