import { behindColour, escapeByte, isBreak } from "../bytes.ts";
import type { Span } from "./finder.ts";

const replacement = Buffer.from("***");

export type Shown = {
  /** What a person gets to see. */
  bytes: Buffer;
  /** How many of the bytes that is. */
  count: number;
  /** What is to be hidden of the rest. */
  spans: Span[];
};

export type Cover = {
  /**
   * Shows what lies before an index and hides what is to be hidden, also beyond it.
   * @param spans in order
   */
  show(bytes: Buffer, spans: readonly Span[], open: number): Shown;
};

/** Puts a replacement in the place of what is hidden: one, however many pieces it comes in. */
export function createCover(): Cover {
  /** The last that was shown is a replacement: what is hidden right behind it needs none of its own. */
  let isCovered = false;

  /** Colours and line breaks in it stay; each line of it has a replacement. */
  function hide(bytes: Buffer, { start, end }: Span): Buffer[] {
    const parts: Buffer[] = [];
    for (let at = start; at < end; ) {
      const kept = keptAt(bytes, at);
      if (kept > 0) parts.push(bytes.subarray(at, at + kept));
      else if (!isCovered) parts.push(replacement);
      isCovered = kept === 0 || (isCovered && !isBreak(bytes[at]));
      at += Math.max(kept, 1);
    }
    return parts;
  }

  return {
    show(bytes, spans, open) {
      const parts: Buffer[] = [];
      let at = 0;
      const showTo = (to: number) => {
        if (to <= at) return;
        parts.push(bytes.subarray(at, to));
        isCovered = false;
        at = to;
      };
      const hidden = spans.filter(({ start }) => start < open);
      for (const span of hidden) {
        showTo(span.start);
        parts.push(...hide(bytes, span));
        at = span.end;
      }
      showTo(open);
      const rest = spans.slice(hidden.length).map(({ start, end }) => ({ start: start - at, end: end - at }));
      const [only] = parts;
      return { bytes: only !== undefined && parts.length === 1 ? only : Buffer.concat(parts), count: at, spans: rest };
    },
  };
}

/** How many bytes at an index are a colour or a line break. */
function keptAt(bytes: Buffer, at: number): number {
  if (isBreak(bytes[at])) return 1;
  return bytes[at] === escapeByte ? behindColour(bytes, at) - at : 0;
}
