import type { Kind } from "./claims.ts";

/** A row of the threat model or of the fault table, such as `threat 7`. */
export type Row = `${Kind} ${number}`;

/** The rows that a full run must show to hold. */
export const required: readonly Row[] = [
  ...rows("threat", "1-5, 7-13, 15-18, 20-37, 39, 40, 42-46, 48, 52-54"),
  ...rows("fault", "1-16, 18-38, 40-46, 50, 53-60"),
];

/** Those whose test is still being written. A row with a test does not stand here. */
export const awaited: readonly Row[] = [];

function rows(kind: Kind, ranges: string): Row[] {
  return ranges.split(", ").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index): Row => `${kind} ${first + index}`);
  });
}
