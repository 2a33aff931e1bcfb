import type { LogChunk } from "@branchline/logs";

/** How the tools that a build runs begin the line that tells what failed. */
const tellsOfFailure = /(^|\s)(error:|Error:|ERR!|ERR_|✖|✗|not ok|FAIL|AssertionError|_FAILED|npm error)/;

const ownLineBegins = "\u001b[36m▸ ";

/** A line of our own, as the log shows it. */
export function ownLine(text: string): string {
  return `${ownLineBegins}${text}\u001b[0m\n`;
}

/**
 * Finds the first line that tells of a failure and is still in the log, else the last that was written. Those are the tools'
 * lines: ours, such as an alarm, come after what failed. They count where a tool wrote nothing.
 */
export function failureLineOf() {
  /** The first of each chunk: no more than there are chunks in what is kept. */
  let candidates: number[] = [];
  let last: number | null = null;
  let lastOfTools: number | null = null;
  return {
    look({ firstLine, lineCount, bytes }: LogChunk): void {
      const lines = bytes.toString("utf8").split("\n").slice(0, lineCount);
      const isTools = (line: string) => !line.startsWith(ownLineBegins);
      const index = lines.findIndex((line) => isTools(line) && tellsOfFailure.test(line));
      if (index !== -1) candidates.push(firstLine + index);
      last = firstLine + lineCount - 1;
      const lastIndex = lines.findLastIndex(isTools);
      if (lastIndex !== -1) lastOfTools = firstLine + lastIndex;
    },
    /** The lines that were let go of; `to` is behind the last. */
    forget({ from, to }: { from: number; to: number }): void {
      candidates = candidates.filter((line) => line < from || line >= to);
    },
    since(line: number): number | null {
      const failing = candidates.find((candidate) => candidate >= line);
      return failing ?? (lastOfTools !== null && lastOfTools >= line ? lastOfTools : last);
    },
  };
}
