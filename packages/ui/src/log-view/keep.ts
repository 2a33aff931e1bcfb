import type { Part } from "./part.ts";

/** How many characters stay of a log that goes on and on: where it began, and where it is. */
export type Keep = { head: number; tail: number; slack: number };

const mebi = 1024 * 1024;
/** As the server keeps it; what lies between goes a few mebibytes at a time. */
const usual: Keep = { head: 20 * mebi, tail: 80 * mebi, slack: 4 * mebi };

/**
 * Lets go of the middle of a log that is too long for a browser.
 * @param size of all parts
 * @returns the size of those that stay
 */
export function trim(parts: Part[], size: number, { head, tail, slack }: Keep = usual): number {
  if (size <= head + tail + slack) return size;
  let [first, before] = [0, 0];
  for (; before < head; first += 1) before += parts[first]?.size ?? head;
  let [last, behind] = [parts.length, 0];
  for (; behind < tail; last -= 1) behind += parts[last - 1]?.size ?? tail;
  const gone = parts.splice(first, Math.max(0, last - first));
  return size - gone.reduce((sum, part) => sum + part.size, 0);
}
