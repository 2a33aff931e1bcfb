import type { LogChunk } from "@branchline/logs";

/** How the tools that a build runs begin the line that tells what failed. */
const tellsOfFailure = /(^|\s)(error:|Error:|ERR!|ERR_|✖|✗|not ok|FAIL|AssertionError|_FAILED|npm error)/;

/** Finds the first line that tells of a failure and is still in the log, else the last that was written. */
export function failureLineOf() {
  /** The first of each chunk: no more than there are chunks in what is kept. */
  let candidates: number[] = [];
  let last: number | null = null;
  return {
    look({ firstLine, lineCount, bytes }: LogChunk): void {
      const lines = bytes.toString("utf8").split("\n");
      const index = lines.findIndex((line) => tellsOfFailure.test(line));
      if (index !== -1) candidates.push(firstLine + index);
      last = firstLine + lineCount - 1;
    },
    /** The lines that were let go of; `to` is behind the last. */
    forget({ from, to }: { from: number; to: number }): void {
      candidates = candidates.filter((line) => line < from || line >= to);
    },
    since(line: number): number | null {
      return candidates.find((candidate) => candidate >= line) ?? last;
    },
  };
}
