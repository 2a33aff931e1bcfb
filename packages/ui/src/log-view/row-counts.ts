import type { Part } from "./part.ts";

/** How lines become rows of the screen. */
export type RowCounts = {
  /** Rows that the lines before one take. */
  before(line: number): number;
  /** The lines that are not there, of which one is; null for one that is there. Together they take the row of the first. */
  gapAt(line: number): Gap | null;
};

export type Gap = { firstLine: number; lineCount: number };

type Start = { part: Part; end: number; rows: number };

/** @param columns characters that fit into a row; null when a line is a row, however long it is */
export function rowCountsOf(parts: readonly Part[], columns: number | null): RowCounts {
  const starts: Start[] = [];
  let [rows, line] = [0, 1];
  for (const part of parts) {
    rows += part.firstLine > line ? 1 : 0;
    line = part.firstLine + part.lineCount;
    starts.push({ part, end: line, rows });
    rows += rowsInside(part, columns, part.lineCount);
  }
  /** The last part that begins at or before a line. */
  const startOf = (wanted: number) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle]?.part.firstLine ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return {
    before(wanted) {
      const start = starts[startOf(wanted)];
      if (start === undefined) return wanted > 1 ? 1 : 0;
      const inside = Math.min(wanted, start.end) - start.part.firstLine;
      return start.rows + rowsInside(start.part, columns, inside) + (wanted > start.end ? 1 : 0);
    },
    gapAt(wanted) {
      const place = startOf(wanted);
      const next = starts[place + 1];
      const firstLine = starts[place]?.end ?? 1;
      if (wanted < firstLine || next === undefined) return null;
      return { firstLine, lineCount: next.part.firstLine - firstLine };
    },
  };
}

type Known = { columns: number; before: Uint32Array };
const known = new WeakMap<Part, Known>();

/** Rows of the first lines of a part. */
function rowsInside(part: Part, columns: number | null, lines: number): number {
  if (columns === null) return lines;
  let counted = known.get(part);
  if (counted?.columns !== columns) {
    counted = { columns, before: count(part, columns) };
    known.set(part, counted);
  }
  return counted.before[lines] ?? 0;
}

function count(part: Part, columns: number): Uint32Array {
  const before = new Uint32Array(part.lineCount + 1);
  for (let index = 0; index < part.lineCount; index += 1) {
    const rows = Math.max(1, Math.ceil(part.lengthOf(part.firstLine + index) / columns));
    before[index + 1] = (before[index] ?? 0) + rows;
  }
  return before;
}
