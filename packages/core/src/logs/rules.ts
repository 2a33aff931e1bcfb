/** How much of a log is kept: where it began, and where it is. */
export type LogLimits = { headBytes: number; tailBytes: number };

const mebibyte = 1024 * 1024;

export const logLimits: LogLimits = { headBytes: 20 * mebibyte, tailBytes: 80 * mebibyte };

/** So many lines, as the subject of a sentence. */
export function linesAre(lines: number): string {
  return lines === 1 ? "1 line is" : `${lines.toLocaleString("en")} lines are`;
}

/** What stands in a log where its middle was. */
export function gapText(lines: number): string {
  const { headBytes, tailBytes } = logLimits;
  const why = `a log keeps its first ${headBytes / mebibyte} MiB and its last ${tailBytes / mebibyte} MiB`;
  return `… ${linesAre(lines)} left out here: ${why} …`;
}
