import type { Gap, RowCounts } from "./row-counts.ts";

export type LogGroup = {
  key: string;
  label: string;
  /** Number of the line before which its heading stands. */
  firstLine: number;
  /** What stands beside the label: a duration, why it was skipped. */
  detail?: string | undefined;
  failed?: boolean | undefined;
};

export const lineHeightPx = 20;
const groupHeightPx = 30;

export type Row = { top: number } & (
  | { kind: "group"; group: LogGroup; folded: boolean; lineCount: number }
  | ({ kind: "gap" } & Gap)
  | { kind: "line"; line: number }
);

type Segment = {
  top: number;
  height: number;
  headHeight: number;
  group: LogGroup | null;
  firstLine: number;
  lineCount: number;
  folded: boolean;
};

export type Layout = {
  height: number;
  /** What is to be seen between two heights, in order. */
  between(top: number, bottom: number): Row[];
  /** Where a line stands; its group's heading when the group is folded. */
  topOf(line: number): number;
  groupOf(line: number): LogGroup | null;
};

/** Headings and lines beneath each other, without an object per line. */
export function layoutOf(
  groups: readonly LogGroup[],
  folded: ReadonlySet<string>,
  lineCount: number,
  counts: RowCounts,
): Layout {
  const segments = segmentsOf(groups, folded, lineCount, counts);
  const last = segments.at(-1);
  const holding = (line: number) => segments.findLast(({ firstLine }) => firstLine <= line) ?? segments[0];
  return {
    height: last === undefined ? 0 : last.top + last.height,
    between: (top, bottom) => segments.flatMap((segment) => rowsIn(segment, top, bottom, counts)),
    topOf(line) {
      const segment = holding(line);
      if (segment === undefined) return 0;
      return segment.folded ? segment.top : lineTop(segment, line, counts);
    },
    groupOf: (line) => holding(line)?.group ?? null,
  };
}

function lineTop({ top, headHeight, firstLine }: Segment, line: number, counts: RowCounts): number {
  return top + headHeight + (counts.before(line) - counts.before(firstLine)) * lineHeightPx;
}

function rowsIn(segment: Segment, top: number, bottom: number, counts: RowCounts): Row[] {
  if (segment.top >= bottom || segment.top + segment.height <= top) return [];
  const { group, folded, lineCount, headHeight } = segment;
  const rows: Row[] = [];
  if (group !== null && segment.top + headHeight > top)
    rows.push({ kind: "group", top: segment.top, group, folded, lineCount });
  return folded ? rows : [...rows, ...linesIn(segment, top, bottom, counts)];
}

function linesIn(segment: Segment, top: number, bottom: number, counts: RowCounts): Row[] {
  const rows: Row[] = [];
  const end = segment.firstLine + segment.lineCount;
  let line = lineAt(segment, top, counts);
  while (line < end) {
    const at = lineTop(segment, line, counts);
    if (at >= bottom) break;
    const gap = counts.gapAt(line);
    if (gap === null) rows.push({ kind: "line", top: at, line });
    else if (gap.firstLine === line) rows.push({ kind: "gap", top: at, ...gap });
    line = gap === null ? line + 1 : gap.firstLine + gap.lineCount;
  }
  return rows;
}

/** The line of a segment that a height lies in; its first for what lies above. */
function lineAt(segment: Segment, height: number, counts: RowCounts): number {
  let [low, high] = [segment.firstLine, segment.firstLine + segment.lineCount];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (lineTop(segment, middle, counts) <= height) low = middle;
    else high = middle;
  }
  return low;
}

function segmentsOf(
  groups: readonly LogGroup[],
  folded: ReadonlySet<string>,
  lineCount: number,
  counts: RowCounts,
): Segment[] {
  const sorted = groups.toSorted((a, b) => a.firstLine - b.firstLine);
  const segments: Segment[] = [];
  const add = (group: LogGroup | null, firstLine: number, nextFirst: number) => {
    const before = segments.at(-1);
    const top = before === undefined ? 0 : before.top + before.height;
    const lines = Math.max(0, Math.min(nextFirst, lineCount + 1) - firstLine);
    const isFolded = group !== null && folded.has(group.key);
    const headHeight = group === null ? 0 : groupHeightPx;
    const rows = isFolded || lines === 0 ? 0 : counts.before(firstLine + lines) - counts.before(firstLine);
    const height = headHeight + rows * lineHeightPx;
    segments.push({ top, height, headHeight, group, firstLine, lineCount: lines, folded: isFolded });
  };
  const firstOfGroups = sorted[0]?.firstLine ?? lineCount + 1;
  if (firstOfGroups > 1) add(null, 1, firstOfGroups);
  for (const [index, group] of sorted.entries()) {
    add(group, group.firstLine, sorted[index + 1]?.firstLine ?? lineCount + 1);
  }
  return segments;
}
