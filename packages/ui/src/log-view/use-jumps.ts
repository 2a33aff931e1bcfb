import { type RefObject, useState } from "react";
import type { LogStore } from "../log-store.tsx";

/** How many of the sorted lines come before one. */
function countBefore(lines: readonly number[], line: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The line after (or before) one, around the end. */
export function nextOf(lines: readonly number[], from: number, step: 1 | -1): number | undefined {
  if (step === 1) return lines[countBefore(lines, from + 1)] ?? lines[0];
  return lines[countBefore(lines, from) - 1] ?? lines.at(-1);
}

/** The one of two lines that is met first on the way down from another, around the end. */
export function sooner(from: number, one: number | undefined, other: number | null): number | undefined {
  if (one === undefined || other === null) return one ?? other ?? undefined;
  const isBelow = (line: number) => line > from;
  if (isBelow(one) !== isBelow(other)) return isBelow(one) ? one : other;
  return Math.min(one, other);
}

type Options = {
  store: LogStore;
  failureLine: number | null;
  selected: number;
  isArriving: boolean;
  jump: (line: number) => void;
};

/** Search and failures: what is found, and the way from one to the next. */
export function useJumps({ store, failureLine, selected, isArriving, jump }: Options) {
  const [query, setQuery] = useState("");
  const [note, setNote] = useState("");
  const matches = store.find(query);
  const go = (line: number | undefined) => {
    if (line !== undefined) jump(line);
  };
  return {
    query,
    found: note || `${placeText(query, matches, selected)}${isArriving && query !== "" ? " so far" : ""}`,
    type(typed: string) {
      setQuery(typed);
      setNote("");
      go(nextOf(store.find(typed), selected - 1, 1));
    },
    move: (step: 1 | -1) => go(nextOf(matches, selected, step)),
    toFailure() {
      const line = sooner(selected, store.nextFailure(selected), failureLine);
      setNote(line === undefined ? "no failure" : "");
      go(line);
    },
  };
}

function placeText(query: string, matches: readonly number[], selected: number): string {
  if (query === "") return "";
  if (matches.length === 0) return "none";
  const place = countBefore(matches, selected);
  return `${matches[place] === selected ? place + 1 : "–"} of ${matches.length}`;
}

export function focus(input: RefObject<HTMLInputElement | null>): void {
  input.current?.focus();
  input.current?.select();
}
