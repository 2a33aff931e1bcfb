import { type Keep, trim } from "./log-view/keep.ts";
import { createPart, type LogPart, type Part } from "./log-view/part.ts";

export type { LogPart };

export type LogStore = {
  /** The same part twice is the same lines once. Parts come in order: what is missing before one does not come any more. */
  append(part: LogPart): void;
  /** Whether a line that is not there will not come. */
  isSettled(line: number): boolean;
  /** Up to the last line that is there; those between may still be on their way. */
  lineCount(): number;
  /** Null for a line that is not there. */
  line(number: number): string | null;
  /** Whether a line goes on from the one before. */
  continues(number: number): boolean;
  /** The characters that a person reads of a line. */
  lengthOf(number: number): number;
  timeOf(number: number): Date | null;
  /** Numbers of the lines that hold the text, whatever its case, in order. */
  find(query: string): readonly number[];
  /** The first line after another, around the end, that tells of a failure. */
  nextFailure(after: number): number | undefined;
  parts(): readonly Part[];
  subscribe(onChange: () => void): () => void;
  /** Changes with every append. */
  version(): number;
};

/**
 * The lines of a log, outside of React: an append costs no more than its own text, and one notice per frame.
 * @param given what is known at once
 * @param isFromStart whether that is the log's beginning; else what is appended begins before it
 */
export function createLogStore(given: readonly LogPart[] = [], isFromStart = true, keep?: Keep): LogStore {
  const parts: Part[] = [];
  const listeners = new Set<() => void>();
  let version = 0;
  let isNoticeDue = false;
  let settledTo = 0;
  let size = 0;
  let found: { query: string; version: number; lines: readonly number[] } = { query: "", version: 0, lines: [] };

  function notice(): void {
    if (isNoticeDue || listeners.size === 0) return;
    isNoticeDue = true;
    requestAnimationFrame(() => {
      isNoticeDue = false;
      for (const listener of listeners) listener();
    });
  }

  function insert(part: LogPart): void {
    const place = placeOf(parts, part.firstLine);
    if (parts[place]?.firstLine === part.firstLine) return;
    parts.splice(place + 1, 0, createPart(part));
    size = trim(parts, size + part.text.length, keep);
    version += 1;
    notice();
  }

  function partOf(line: number): Part | undefined {
    const part = parts[placeOf(parts, line)];
    return part !== undefined && line < part.firstLine + part.lineCount ? part : undefined;
  }

  function append(part: LogPart): void {
    settledTo = Math.max(settledTo, part.firstLine);
    insert(part);
  }

  for (const part of given) (isFromStart ? append : insert)(part);
  return {
    append,
    isSettled: (line) => line < settledTo,
    parts: () => parts,
    lineCount: () => endOf(parts.at(-1)),
    line: (number) => partOf(number)?.line(number) ?? null,
    continues(number) {
      const part = partOf(number);
      return part?.firstLine === number && part.continues;
    },
    lengthOf: (number) => partOf(number)?.lengthOf(number) ?? 0,
    timeOf: (number) => partOf(number)?.at ?? null,
    find(query) {
      const asked = query.toLowerCase();
      if (asked === "") return [];
      if (found.query !== asked || found.version !== version)
        found = { query: asked, version, lines: parts.flatMap((part) => part.linesWith(asked)) };
      return found.lines;
    },
    nextFailure(after) {
      const start = Math.max(0, placeOf(parts, after));
      const around = [...parts.slice(start), ...parts.slice(0, start + 1)];
      for (const [index, part] of around.entries()) {
        const line = part.failures().find((candidate) => index > 0 || candidate > after);
        if (line !== undefined) return line;
      }
      return undefined;
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    version: () => version,
  };
}

function endOf(part: Part | undefined): number {
  return part === undefined ? 0 : part.firstLine + part.lineCount - 1;
}

/** The place of the last part that begins at or before a line; -1 when none does. */
function placeOf(parts: readonly Part[], line: number): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.firstLine ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
