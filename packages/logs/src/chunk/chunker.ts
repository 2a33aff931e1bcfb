export type LogChunk = {
  /** From 1. */
  seq: number;
  /** Number of its first line. */
  firstLine: number;
  lineCount: number;
  /** Its first line goes on from the one before. */
  continues: boolean;
  /** Whole lines, each with its line feed. */
  bytes: Buffer;
};

export type ChunkerOptions = {
  /** Number of the first line that will be written. */
  firstLine: number;
  onChunk(chunk: LogChunk): void;
  chunkBytesMax?: number;
  /** How long a line may wait for others. */
  waitMs?: number;
};

export type Chunker = {
  /** @param source lines of one source alone go on from each other */
  add(line: Buffer, source: string, continues: boolean): void;
  /** Hands on what there is. */
  flush(): void;
  /** Number of the line that comes next. */
  nextLine(): number;
};

const lineEnd = Buffer.from("\n");

/** Gathers lines, whatever their stream, into numbered chunks. */
export function createChunker({ firstLine, onChunk, chunkBytesMax = 32_768, waitMs = 200 }: ChunkerOptions): Chunker {
  let nextLine = firstLine;
  let seq = 0;
  let lines: Buffer[] = [];
  let size = 0;
  let continues = false;
  let lastSource = "";
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length === 0) return;
    seq += 1;
    const bytes = Buffer.concat(lines.flatMap((line) => [line, lineEnd]));
    const chunk = { seq, firstLine: nextLine, lineCount: lines.length, continues, bytes };
    nextLine += lines.length;
    lines = [];
    size = 0;
    continues = false;
    onChunk(chunk);
  }

  return {
    add(line, source, goesOn) {
      // Only a chunk's first line can say so.
      if (goesOn && source === lastSource) {
        flush();
        continues = true;
      }
      lastSource = source;
      lines.push(line);
      size += line.length + 1;
      if (size >= chunkBytesMax) flush();
      else timer ??= setTimeout(flush, waitMs);
    },
    flush,
    nextLine: () => nextLine + lines.length,
  };
}
