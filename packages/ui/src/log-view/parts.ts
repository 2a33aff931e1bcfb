export type LogPart = {
  /** Number of its first line, from 1. */
  firstLine: number;
  /** Whole lines, each ended by a line feed. */
  text: string;
  /** Its first line goes on from the one before. */
  continues: boolean;
  at: Date;
};

/** Lines that are not there, by their numbers; `to` is behind the last. */
export type LogGap = { from: number; to: number };

/** How many characters stay of a log that goes on and on: where it began, and where it is. */
export type Keep = { head: number; tail: number };

const usual: Keep = { head: 20 * 1024 * 1024, tail: 80 * 1024 * 1024 };
/** Parts that go at once: each time costs a move of all behind them. */
const goneAtOnce = 64;

type Block = Omit<LogPart, "text"> & {
  lines: string[];
  /** Characters before it, of all that ever came. */
  start: number;
  size: number;
};

export type Parts = ReturnType<typeof createParts>;

/** The parts of a log as they came, without the middle of one that is too long for a browser. */
export function createParts({ head, tail }: Keep = usual) {
  const blocks: Block[] = [];
  let gaps: LogGap[] = [];
  let size = 0;

  const lineCount = () => endOf(blocks.at(-1));

  function append({ firstLine, text, at, continues }: LogPart): void {
    const known = Math.max(0, lineCount() + 1 - firstLine);
    const lines = text.split("\n").slice(known, -1);
    if (lines.length === 0) return;
    const isGap = firstLine > lineCount() + 1;
    const block = { firstLine: firstLine + known, lines, at, continues: continues && known === 0 };
    blocks.push({ ...block, start: size, size: text.length });
    size += text.length;
    if (letGo() || isGap) gaps = gapsOf(blocks);
  }

  function letGo(): boolean {
    const first = size <= head + tail ? -1 : blocks.findIndex(({ start }) => start >= head);
    const kept = blocks.findIndex((block) => block.start + block.size > size - tail);
    if (first === -1 || kept - first < goneAtOnce) return false;
    blocks.splice(first, kept - first);
    return true;
  }

  return {
    append,
    /** The number of the last line. */
    lineCount,
    gaps: (): readonly LogGap[] => gaps,
    at(line: number): { text: string; continues: boolean; at: Date } | null {
      const block = blocks[placeOf(blocks, line)];
      const text = block?.lines[line - block.firstLine];
      if (block === undefined || text === undefined) return null;
      return { text, at: block.at, continues: block.continues && line === block.firstLine };
    },
    /** When the line, or the last before it that is there, was written. */
    timeOf: (line: number): Date | null => blocks[placeOf(blocks, line)]?.at ?? null,
    /** Each line from a number on. */
    *from(line: number): Generator<{ number: number; text: string }> {
      for (const block of blocks.slice(Math.max(0, placeOf(blocks, line)))) {
        for (const [index, text] of block.lines.entries()) {
          if (block.firstLine + index >= line) yield { number: block.firstLine + index, text };
        }
      }
    },
  };
}

/** The number of a block's last line. */
function endOf(block: Block | undefined): number {
  return block === undefined ? 0 : block.firstLine + block.lines.length - 1;
}

function gapsOf(blocks: readonly Block[]): LogGap[] {
  return blocks.flatMap(({ firstLine }, place) => {
    const from = endOf(blocks[place - 1]) + 1;
    return firstLine > from ? [{ from, to: firstLine }] : [];
  });
}

/** Which block a line is in or behind; -1 when it is before the first. */
function placeOf(blocks: readonly Block[], line: number): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.firstLine ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
