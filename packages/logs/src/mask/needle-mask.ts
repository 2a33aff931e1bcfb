import { buildAutomaton } from "./automaton.ts";
import type { Mask } from "./mask.ts";
import { needlesOf } from "./needles.ts";

/** Of the stream, from its first byte; `end` is behind the last. */
type Span = { start: number; end: number };

/** Replaces every needle; needles that touch or overlap are replaced as one. Holds back at most one needle's length. */
export function createNeedleMask(secrets: readonly string[], replacement: Buffer): Mask {
  const { step, matched, depth } = buildAutomaton(needlesOf(secrets));
  const spans: Span[] = [];
  let state = 0;
  /** Bytes that may be the beginning of a needle, and where in the stream they begin. */
  let held: Buffer = Buffer.alloc(0);
  let heldAt = 0;
  /** The end of what was replaced last. */
  let maskedTo = -1;

  function scan(bytes: Uint8Array): void {
    let at = heldAt + held.length;
    for (const byte of bytes) {
      state = step(state, byte);
      at += 1;
      const length = matched[state] ?? 0;
      if (length > 0) join(spans, { start: at - length, end: at });
    }
  }

  /** Shows what lies before `open` and drops what is masked, also beyond it. */
  function show(bytes: Buffer, open: number): Buffer {
    const base = heldAt;
    const parts: Uint8Array[] = [];
    const showTo = (to: number) => {
      if (to > heldAt) parts.push(bytes.subarray(heldAt - base, to - base));
      heldAt = Math.max(heldAt, to);
    };
    for (let span = spans[0]; span !== undefined && span.start < open; span = spans[0]) {
      spans.shift();
      showTo(span.start);
      if (span.start > maskedTo) parts.push(replacement);
      maskedTo = span.end;
      heldAt = Math.max(heldAt, span.end);
    }
    showTo(open);
    held = Buffer.from(bytes.subarray(heldAt - base));
    return Buffer.concat(parts);
  }

  return {
    write(bytes) {
      scan(bytes);
      const all = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
      return show(all, heldAt + all.length - (depth[state] ?? 0));
    },
    end() {
      state = 0;
      return show(held, heldAt + held.length);
    },
  };
}

function join(spans: Span[], span: Span): void {
  let { start } = span;
  for (let last = spans.at(-1); last !== undefined && last.end >= start; last = spans.at(-1)) {
    start = Math.min(start, last.start);
    spans.pop();
  }
  spans.push({ start, end: span.end });
}
