import type { Db, LogChunkModel } from "@branchline/db";
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
    orderBy: inOrder("asc"),
    take,
  });
  return rows.map(viewOf);
}

function viewOf({ epoch, seq, firstLine, lineCount, continues, bytes, at }: LogChunkModel): LogChunkView {
  return { epoch, seq, firstLine, lineCount, continues, at, text: Buffer.from(bytes).toString("utf8") };
}

export type LogOpening = {
  chunks: LogChunkView[];
  /** They are the first of the log. */
  isFromStart: boolean;
};

/** What a page brings along of a log: most are whole at once. A chunk has up to 32 KiB, but may be a single line. */
const openingBytes = 192 * 1024;
const chunksMax = 500;
const linesBelow = 200;

/**
 * What a log is opened with: its beginning, or what is around the line that is to be seen first, were it the millionth.
 * @param opensAt that line; "end" for what came last
 */
export async function readOpening(db: Db, deploymentId: string, opensAt: number | "end" | null): Promise<LogOpening> {
  if (opensAt === null) {
    const where = { deploymentId, byteOffset: { lt: openingBytes } };
    const rows = await db.logChunk.findMany({ where, orderBy: inOrder("asc"), take: chunksMax });
    return { chunks: rows.map(viewOf), isFromStart: true };
  }
  const last = await db.logChunk.findFirst({
    where: { deploymentId, ...(opensAt === "end" ? {} : { firstLine: { lte: opensAt + linesBelow } }) },
    orderBy: inOrder("desc"),
    select: { byteOffset: true },
  });
  if (last === null) return { chunks: [], isFromStart: true };
  const first = Number(last.byteOffset) - openingBytes;
  const where = { deploymentId, byteOffset: { gt: first, lte: last.byteOffset } };
  const rows = await db.logChunk.findMany({ where, orderBy: inOrder("desc"), take: chunksMax });
  return { chunks: rows.reverse().map(viewOf), isFromStart: first < 0 && rows.length < chunksMax };
}

function inOrder(order: "asc" | "desc") {
  return [{ epoch: order }, { seq: order }];
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
