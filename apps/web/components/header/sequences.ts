import { useEffect, useRef } from "react";
import type { Place } from "./go-anywhere";

const sequenceMs = 1_000;

/** "g d" and its kind: two keys within a second, outside of text fields. */
export function useSequences(places: Place[], go: (href: string) => void): void {
  const before = useRef({ key: "", at: 0 });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const { key: first, at } = before.current;
      before.current = { key: event.key, at: event.timeStamp };
      if (event.timeStamp - at > sequenceMs) return;
      const place = places.find(({ keys }) => keys === `${first} ${event.key}`);
      if (place !== undefined) go(place.href);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [places, go]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
