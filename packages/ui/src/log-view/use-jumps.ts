import { type RefObject, useState } from "react";
import type { LogStore } from "../log-store.tsx";

/** The line after (or before) one, around the end. */
export function nextOf(lines: readonly number[], from: number, step: 1 | -1): number | undefined {
  if (step === 1) return lines.find((line) => line > from) ?? lines[0];
  return lines.findLast((line) => line < from) ?? lines.at(-1);
}

type Options = { store: LogStore; failureLine: number | null; selected: number; jump: (line: number) => void };

/** Search and failures: what is found, and the way from one to the next. */
export function useJumps({ store, failureLine, selected, jump }: Options) {
  const [query, setQuery] = useState("");
  const matches = store.find(query);
  const told = store.failures();
  const failures =
    failureLine === null || told.includes(failureLine) ? told : [...told, failureLine].sort((a, b) => a - b);
  const go = (line: number | undefined) => {
    if (line !== undefined) jump(line);
  };
  const place = matches.indexOf(selected) + 1;
  const found = query === "" ? "" : matches.length === 0 ? "none" : `${place === 0 ? "–" : place} of ${matches.length}`;
  return {
    query,
    found,
    hasFailures: failures.length > 0,
    type: (typed: string) => {
      setQuery(typed);
      const at = store.find(typed);
      go(at.find((line) => line >= selected) ?? at[0]);
    },
    move: (step: 1 | -1) => go(nextOf(matches, selected, step)),
    toFailure: () => go(nextOf(failures, selected, 1)),
  };
}

export function focus(input: RefObject<HTMLInputElement | null>): void {
  input.current?.focus();
  input.current?.select();
}
