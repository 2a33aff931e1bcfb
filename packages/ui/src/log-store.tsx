import { searchable } from "./log-view/marks.ts";

export type LogPart = {
  /** Number of its first line, from 1. */
  firstLine: number;
  /** Whole lines, each ended by a line feed. */
  text: string;
  at: Date;
};

export type LogStore = {
  /** The same part twice is the same lines once. */
  append(part: LogPart): void;
  lineCount(): number;
  line(number: number): string;
  timeOf(number: number): Date | null;
  /** Numbers of the lines that hold the text, whatever its case. */
  find(query: string): readonly number[];
  /** Numbers of the lines that tell of a failure. */
  failures(): readonly number[];
  subscribe(onChange: () => void): () => void;
  /** Changes with every append. */
  version(): number;
};

const failure = /(^|\s)(error|failed|failure|fatal|err!|✖|✗|×)([:!\s]|$)/;

/** The lines of a log, outside of React: an append costs its own lines and one notice per frame. */
export function createLogStore(parts: readonly LogPart[] = []): LogStore {
  const lines: string[] = [];
  const times: { firstLine: number; at: Date }[] = [];
  const listeners = new Set<() => void>();
  let version = 0;
  let isNoticeDue = false;
  const search = incremental(lines, (query) => (text) => text.includes(query));
  const failing = incremental(lines, () => (text) => failure.test(text));

  function notice(): void {
    if (isNoticeDue || listeners.size === 0) return;
    isNoticeDue = true;
    requestAnimationFrame(() => {
      isNoticeDue = false;
      for (const listener of listeners) listener();
    });
  }

  function append({ firstLine, text, at }: LogPart): void {
    const added = text.split("\n");
    if (added.at(-1) === "") added.pop();
    while (lines.length < firstLine - 1) lines.push("");
    for (const [index, line] of added.entries()) lines[firstLine - 1 + index] = line;
    if ((times.at(-1)?.firstLine ?? 0) < firstLine) times.push({ firstLine, at });
    version += 1;
    notice();
  }

  for (const part of parts) append(part);
  return {
    append,
    lineCount: () => lines.length,
    line: (number) => lines[number - 1] ?? "",
    timeOf: (number) => times.findLast(({ firstLine }) => firstLine <= number)?.at ?? null,
    find: (query) => (query === "" ? [] : search(query.toLowerCase())),
    failures: () => failing(""),
    subscribe(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    version: () => version,
  };
}

/** Looks at each line once per question, so that a growing log is not read again from its start. */
function incremental(lines: string[], testOf: (query: string) => (text: string) => boolean) {
  let asked: string | null = null;
  let found: number[] = [];
  let upTo = 0;
  return (query: string): readonly number[] => {
    if (query !== asked) {
      asked = query;
      found = [];
      upTo = 0;
    }
    const test = testOf(query);
    const more: number[] = [];
    for (; upTo < lines.length; upTo += 1) if (test(searchable(lines[upTo] ?? ""))) more.push(upTo + 1);
    if (more.length > 0) found = [...found, ...more];
    return found;
  };
}
