import type { ReactNode } from "react";

/** Core's sentences carry names of machines in backticks: they become monospace. */
export function inCode(sentence: string): ReactNode {
  return sentence.split("`").map((part, index) => {
    return index % 2 === 1 ? <code key={index}>{part}</code> : part;
  });
}
