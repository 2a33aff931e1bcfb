const colors = /\u001b\[[\d;]*m/g;

/** A line of a log without its colours, for where there is room for its words alone. */
export function plainLine(line: string): string {
  return line.replace(colors, "");
}
