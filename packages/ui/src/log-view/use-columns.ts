import { type RefObject, useLayoutEffect, useState } from "react";

const assumedColumns = 100;
const sample = 100;

/** A text of so many characters, by whose width theirs is told. */
export const sampleText = "0".repeat(sample);

/**
 * How many characters fit into a row.
 * @param room what the text of a line may fill; its first child holds the sample
 */
export function useColumns(room: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(assumedColumns);
  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return;
    const measure = () => {
      const width = (element.firstElementChild?.getBoundingClientRect().width ?? 0) / sample;
      if (width > 0) setColumns(Math.max(1, Math.floor(element.clientWidth / width)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [room]);
  return columns;
}
