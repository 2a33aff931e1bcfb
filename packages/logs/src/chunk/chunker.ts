import { cleanLine } from "./clean-line.ts";

export type LogChunk = {
  /** From 1. */
  seq: number;
  /** Number of its first line. */
  firstLine: number;
  lineCount: number;
  /** Whole lines, each with its line feed. */
  bytes: Buffer;
};

export type ChunkerOptions = {
  /** Number of the first line that will be written. */
  firstLine: number;
  onChunk(chunk: LogChunk): void;
  chunkBytesMax?: number;
  /** How long a finished line may wait for others. */
  waitMs?: number;
  /** A longer line goes on in the next. */
  lineBytesMax?: number;
};

export type Chunker = {
  write(bytes: Buffer): void;
  /** Hands on what there is; a line without its end is ended. */
  flush(): void;
  /** Number of the line that comes next; ask after a flush. */
  nextLine(): number;
  end(): void;
};

/** Cuts masked output into numbered chunks of whole lines. */
export function createChunker(options: ChunkerOptions): Chunker {
  const { onChunk, chunkBytesMax = 32_768, waitMs = 200, lineBytesMax = 65_536 } = options;
  let nextLine = options.firstLine;
  let seq = 0;
  let lines: string[] = [];
  let size = 0;
  let partial = "";
  let timer: NodeJS.Timeout | undefined;

  function emit(): void {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length === 0) return;
    seq += 1;
    const chunk = { seq, firstLine: nextLine, lineCount: lines.length, bytes: Buffer.from(lines.join(""), "latin1") };
    nextLine += lines.length;
    lines = [];
    size = 0;
    onChunk(chunk);
  }

  function addLine(line: string): void {
    const cleaned = `${cleanLine(line)}\n`;
    lines.push(cleaned);
    size += cleaned.length;
    if (size >= chunkBytesMax) emit();
  }

  function endPartial(): void {
    if (partial === "") return;
    addLine(partial);
    partial = "";
  }

  return {
    write(bytes) {
      const pieces = (partial + bytes.toString("latin1")).split("\n");
      partial = pieces.pop() ?? "";
      for (const piece of pieces) for (const line of wrap(piece, lineBytesMax)) addLine(line);
      while (partial.length > lineBytesMax) {
        const [first = "", rest = ""] = splitAt(partial, lineBytesMax);
        addLine(first);
        partial = rest;
      }
      if (lines.length > 0) timer ??= setTimeout(emit, waitMs);
    },
    flush() {
      endPartial();
      emit();
    },
    nextLine: () => nextLine + lines.length,
    end() {
      endPartial();
      emit();
    },
  };
}

function wrap(line: string, max: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > max) {
    const [first = "", after = ""] = splitAt(rest, max);
    parts.push(first);
    rest = after;
  }
  return [...parts, rest];
}

/** Never within a code point: bytes 10xxxxxx go on with the character before them. */
function splitAt(line: string, max: number): [string, string] {
  let at = max;
  while (at > max - 4 && (line.charCodeAt(at) & 0b1100_0000) === 0b1000_0000) at -= 1;
  return [line.slice(0, at), line.slice(at)];
}
