import type { LogChunk } from "@branchline/logs";

/** How the tools that a build runs begin the line that tells what failed. */
const tellsOfFailure = /(^|\s)(error:|Error:|ERR!|ERR_|✖|✗|not ok|FAIL|AssertionError|_FAILED|npm error)/;

/** Finds the first line that tells of a failure, else the last that was written. */
export function failureLineOf() {
  const candidates: number[] = [];
  let last: number | null = null;
  return {
    look({ firstLine, lineCount, bytes }: LogChunk): void {
      const lines = Buffer.from(bytes).toString("utf8").split("\n");
      lines.slice(0, lineCount).forEach((line, index) => {
        if (candidates.length < 1_000 && tellsOfFailure.test(line)) candidates.push(firstLine + index);
      });
      last = firstLine + lineCount - 1;
    },
    since(line: number): number | null {
      return candidates.find((candidate) => candidate >= line) ?? last;
    },
  };
}
