import type { LogGap } from "./parts.ts";

export type LogGroup = {
  key: string;
  label: string;
  /** Number of the line before which its heading stands. */
  firstLine: number;
  /** What stands beside the label: a duration, why it was skipped. */
  detail?: string | undefined;
  failed?: boolean | undefined;
};

export type Row =
  | { kind: "group"; group: LogGroup; folded: boolean; lineCount: number }
  | { kind: "line"; line: number }
  /** Lines that are not there. */
  | { kind: "gap"; lineCount: number };

/** A heading, lines, or a gap between them. */
type Segment = {
  kind: Row["kind"];
  firstRow: number;
  rowCount: number;
  firstLine: number;
  lineCount: number;
  group: LogGroup | null;
  folded: boolean;
};

export type Rows = {
  count: number;
  at(index: number): Row;
  /** Where a line stands; its group's heading when the group is folded. */
  indexOf(line: number): number;
  groupOf(line: number): LogGroup | null;
};

type Log = {
  groups: readonly LogGroup[];
  /** Keys of groups. */
  folded: ReadonlySet<string>;
  /** The number of the last line. */
  lineCount: number;
  gaps: readonly LogGap[];
};

/** Headings, lines and gaps as one list, without an object per line. */
export function rowsOf(log: Log): Rows {
  const segments = segmentsOf(log);
  const last = segments.at(-1);
  const count = last === undefined ? 0 : last.firstRow + last.rowCount;
  const holding = (isBefore: (segment: Segment) => boolean) => segments.findLast(isBefore) ?? segments[0];
  return {
    count,
    at(index) {
      const segment = holding(({ firstRow }) => firstRow <= index);
      if (segment === undefined) return { kind: "line", line: index + 1 };
      return rowOf(segment, index - segment.firstRow);
    },
    indexOf(line) {
      const segment = holding(({ firstLine }) => firstLine <= line);
      if (segment === undefined) return 0;
      return segment.firstRow + (segment.kind === "line" ? line - segment.firstLine : 0);
    },
    groupOf: (line) => holding(({ firstLine }) => firstLine <= line)?.group ?? null,
  };
}

function rowOf({ kind, group, folded, firstLine, lineCount }: Segment, inside: number): Row {
  if (kind === "group" && group !== null) return { kind, group, folded, lineCount };
  return kind === "gap" ? { kind, lineCount } : { kind: "line", line: firstLine + inside };
}

function segmentsOf({ groups, folded, lineCount, gaps }: Log): Segment[] {
  const sorted = groups.toSorted((a, b) => a.firstLine - b.firstLine);
  const segments: Segment[] = [];
  const add = (segment: Omit<Segment, "firstRow">) => {
    const before = segments.at(-1);
    segments.push({ ...segment, firstRow: before === undefined ? 0 : before.firstRow + before.rowCount });
  };
  const addLines = (group: LogGroup | null, from: number, to: number) => {
    for (const { kind, from: firstLine, to: next } of stretchesOf(from, to, gaps)) {
      const rowCount = kind === "gap" ? 1 : next - firstLine;
      add({ kind, rowCount, firstLine, lineCount: next - firstLine, group, folded: false });
    }
  };
  addLines(null, 1, Math.min(sorted[0]?.firstLine ?? lineCount + 1, lineCount + 1));
  for (const [place, group] of sorted.entries()) {
    const { firstLine } = group;
    const next = Math.min(sorted[place + 1]?.firstLine ?? lineCount + 1, lineCount + 1);
    const isFolded = folded.has(group.key);
    const heading = { kind: "group", rowCount: 1, firstLine, group, folded: isFolded } as const;
    add({ ...heading, lineCount: Math.max(0, next - firstLine) });
    if (!isFolded) addLines(group, firstLine, next);
  }
  return segments;
}

type Stretch = { kind: "line" | "gap"; from: number; to: number };

/** The lines of a range in their turn with the gaps in it. */
function stretchesOf(from: number, to: number, gaps: readonly LogGap[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = from;
  for (const gap of gaps) {
    const [start, end] = [Math.max(at, gap.from), Math.min(to, gap.to)];
    if (start >= end) continue;
    if (start > at) stretches.push({ kind: "line", from: at, to: start });
    stretches.push({ kind: "gap", from: start, to: end });
    at = end;
  }
  if (at < to) stretches.push({ kind: "line", from: at, to });
  return stretches;
}
