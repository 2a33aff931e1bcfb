import { searchable } from "./log-view/marks.ts";
import { createParts, type Keep, type LogGap, type LogPart, type Parts } from "./log-view/parts.ts";

export type { LogGap, LogPart };

export type LogStore = {
  /** The same part twice is the same lines once. */
  append(part: LogPart): void;
  /** The number of the last line. */
  lineCount(): number;
  line(number: number): string;
  /** Whether a line goes on from the one before. */
  continues(number: number): boolean;
  timeOf(number: number): Date | null;
  /** Lines that are not there, in order. */
  gaps(): readonly LogGap[];
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
export function createLogStore(initial: readonly LogPart[] = [], keep?: Keep): LogStore {
  const parts = createParts(keep);
  const listeners = new Set<() => void>();
  let version = 0;
  let isNoticeDue = false;
  const search = incremental(parts, (query) => (text) => text.includes(query));
  const failing = incremental(parts, () => (text) => failure.test(text));

  function notice(): void {
    if (isNoticeDue || listeners.size === 0) return;
    isNoticeDue = true;
    requestAnimationFrame(() => {
      isNoticeDue = false;
      for (const listener of listeners) listener();
    });
  }

  function append(part: LogPart): void {
    parts.append(part);
    version += 1;
    notice();
  }

  for (const part of initial) append(part);
  return {
    append,
    lineCount: parts.lineCount,
    line: (number) => parts.at(number)?.text ?? "",
    continues: (number) => parts.at(number)?.continues ?? false,
    timeOf: parts.timeOf,
    gaps: parts.gaps,
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
function incremental(parts: Parts, testOf: (query: string) => (text: string) => boolean) {
  let asked: string | null = null;
  let found: number[] = [];
  let upTo = 0;
  let gaps = parts.gaps();
  const forget = (query: string | null) => {
    asked = query;
    found = [];
    upTo = 0;
  };
  return (query: string): readonly number[] => {
    if (query !== asked) forget(query);
    const test = testOf(query);
    const more = [...parts.from(upTo + 1)].filter(({ text }) => test(searchable(text))).map(({ number }) => number);
    if (more.length > 0) found = [...found, ...more];
    if (gaps !== parts.gaps()) found = found.filter((line) => parts.at(line) !== null);
    gaps = parts.gaps();
    upTo = parts.lineCount();
    return found;
  };
}
