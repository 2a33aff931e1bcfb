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
  | { kind: "line"; line: number };

type Segment = { firstRow: number; group: LogGroup | null; firstLine: number; lineCount: number; folded: boolean };

export type Rows = {
  count: number;
  at(index: number): Row;
  /** Where a line stands; its group's heading when the group is folded. */
  indexOf(line: number): number;
  groupOf(line: number): LogGroup | null;
};

/** Headings and lines as one list, without an object per line. */
export function rowsOf(groups: readonly LogGroup[], folded: ReadonlySet<string>, lineCount: number): Rows {
  const segments = segmentsOf(groups, folded, lineCount);
  const last = segments.at(-1);
  const count = last === undefined ? 0 : last.firstRow + rowCount(last);
  const holding = (isBefore: (segment: Segment) => boolean) => segments.findLast(isBefore) ?? segments[0];
  return {
    count,
    at(index) {
      const segment = holding(({ firstRow }) => firstRow <= index);
      if (segment === undefined) return { kind: "line", line: index + 1 };
      const inside = index - segment.firstRow;
      const { group, firstLine } = segment;
      if (group === null) return { kind: "line", line: firstLine + inside };
      if (inside === 0) return { kind: "group", group, folded: segment.folded, lineCount: segment.lineCount };
      return { kind: "line", line: firstLine + inside - 1 };
    },
    indexOf(line) {
      const segment = holding(({ firstLine }) => firstLine <= line);
      if (segment === undefined) return 0;
      const heading = segment.group === null ? 0 : 1;
      return segment.folded ? segment.firstRow : segment.firstRow + heading + (line - segment.firstLine);
    },
    groupOf: (line) => holding(({ firstLine }) => firstLine <= line)?.group ?? null,
  };
}

function rowCount({ group, folded, lineCount }: Segment): number {
  return (group === null ? 0 : 1) + (folded ? 0 : lineCount);
}

function segmentsOf(groups: readonly LogGroup[], folded: ReadonlySet<string>, lineCount: number): Segment[] {
  const sorted = groups.toSorted((a, b) => a.firstLine - b.firstLine);
  const firstOfGroups = sorted[0]?.firstLine ?? lineCount + 1;
  const segments: Segment[] = [];
  const add = (group: LogGroup | null, firstLine: number, nextFirst: number) => {
    const before = segments.at(-1);
    const firstRow = before === undefined ? 0 : before.firstRow + rowCount(before);
    const lines = Math.max(0, Math.min(nextFirst, lineCount + 1) - firstLine);
    segments.push({ firstRow, group, firstLine, lineCount: lines, folded: group !== null && folded.has(group.key) });
  };
  if (firstOfGroups > 1) add(null, 1, firstOfGroups);
  for (const [index, group] of sorted.entries()) {
    add(group, group.firstLine, sorted[index + 1]?.firstLine ?? lineCount + 1);
  }
  return segments;
}
