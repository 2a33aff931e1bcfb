import { plainText } from "../plain-text.tsx";

export type LogPart = {
  /** Number of its first line, from 1. */
  firstLine: number;
  /** Whole lines, each ended by a line feed. */
  text: string;
  /** Its first line goes on from the one before. */
  continues: boolean;
  at: Date;
};

/** Some lines of a log. What is asked of them is worked out when it is asked for, once. */
export type Part = {
  firstLine: number;
  lineCount: number;
  at: Date;
  /** Its first line goes on from the one before. */
  continues: boolean;
  /** Characters, colours included. */
  size: number;
  line(number: number): string | null;
  /** The characters that a person reads of it. */
  lengthOf(number: number): number;
  /** Numbers of the lines that hold the text, which is in lower case. */
  linesWith(query: string): readonly number[];
  /** Numbers of the lines that tell of a failure. */
  failures(): readonly number[];
};

const failure = /(^|\s)(error|failed|failure|fatal|err!|✖|✗|×)([:!\s]|$)/i;

export function createPart({ firstLine, text, continues, at }: LogPart): Part {
  const lines = once(() => text.split("\n"));
  const plain = once(() => plainText(text));
  const plainLines = once(() => (plain() === text ? lines() : plain().split("\n")));
  let found: { query: string; lines: readonly number[] } = { query: "", lines: [] };
  return {
    firstLine,
    lineCount: countLines(text),
    at,
    continues,
    size: text.length,
    line: (number) => lines()[number - firstLine] ?? null,
    lengthOf: (number) => plainLines()[number - firstLine]?.length ?? 0,
    linesWith(query) {
      if (found.query !== query) found = { query, lines: linesHolding(plain().toLowerCase(), firstLine, query) };
      return found.lines;
    },
    failures: once(() => plainLines().flatMap((line, index) => (failure.test(line) ? [firstLine + index] : []))),
  };
}

function once<T>(work: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: work() };
    return made.value;
  };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return text.endsWith("\n") ? count : count + 1;
}

/** Searches the text as a whole: lines without a hit are only counted, and only up to the next hit. */
function linesHolding(text: string, firstLine: number, query: string): number[] {
  const found: number[] = [];
  let [line, from] = [firstLine, 0];
  const nextLine = () => {
    const end = text.indexOf("\n", from);
    line += 1;
    from = end === -1 ? text.length : end + 1;
  };
  for (let hit = text.indexOf(query); hit !== -1; hit = text.indexOf(query, from)) {
    while (endOfLine(text, from) < hit) nextLine();
    found.push(line);
    nextLine();
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}
