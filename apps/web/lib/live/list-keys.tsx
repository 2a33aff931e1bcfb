"use client";

import { useEffect } from "react";

const steps: Record<string, 1 | -1 | undefined> = { j: 1, k: -1 };

/** `j` and `k` walk through the rows of a page; Enter opens the one with the focus. */
export function ListKeys() {
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return null;
}

function onKey(event: KeyboardEvent): void {
  const step = steps[event.key];
  if (step === undefined || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
  walk(step);
}

function walk(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  const at = links.findIndex((link) => link.matches(":focus"));
  const first = step === 1 ? 0 : links.length - 1;
  links[at === -1 ? first : at + step]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
