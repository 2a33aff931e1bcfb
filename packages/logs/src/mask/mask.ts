import { buildAutomaton } from "./automaton.ts";
import { needlesOf } from "./needles.ts";
import { maskTokens, unfinishedToken } from "./token-patterns.ts";

const replacement = "***";

/** One per stream: stdout and stderr are cut at different places. */
export type Mask = {
  /** What may be shown by now; an unfinished match is held back. */
  write(bytes: Uint8Array): Buffer;
  end(): Buffer;
};

/** Replaces every secret, in each of its forms and wherever it is cut, and every token that looks like one. */
export function createMask(secrets: readonly string[]): Mask {
  const needles = createNeedleMask(secrets);
  let held = "";

  function show(bytes: Buffer, isLast: boolean): Buffer {
    const text = held + bytes.toString("latin1");
    const keep = isLast ? 0 : unfinishedToken(text);
    held = text.slice(text.length - keep);
    return Buffer.from(maskTokens(text.slice(0, text.length - keep), replacement), "latin1");
  }

  return {
    write: (bytes) => show(needles.write(bytes), false),
    end: () => show(needles.end(), true),
  };
}

type Span = { start: number; end: number };

function createNeedleMask(secrets: readonly string[]): Mask {
  const needles = needlesOf(secrets);
  const automaton = buildAutomaton(needles);
  let held: Buffer = Buffer.alloc(0);

  /** The spans of needles, joined where they touch, and where an unfinished one may begin. */
  function scan(bytes: Buffer): { spans: Span[]; open: number } {
    const { next, matched, depth } = automaton;
    const spans: Span[] = [];
    let state = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      state = next[state * 256 + (bytes[at] ?? 0)] ?? 0;
      const length = matched[state] ?? 0;
      if (length > 0) join(spans, { start: at + 1 - length, end: at + 1 });
    }
    const open = bytes.length - (depth[state] ?? 0);
    const last = spans.at(-1);
    return { spans, open: last !== undefined && last.end > open ? Math.min(open, last.start) : open };
  }

  return {
    write(bytes) {
      if (needles.length === 0) return Buffer.from(bytes);
      const all = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
      const { spans, open } = scan(all);
      held = Buffer.from(all.subarray(open));
      return replaceSpans(all.subarray(0, open), spans);
    },
    end() {
      const rest = replaceSpans(held, scan(held).spans);
      held = Buffer.alloc(0);
      return rest;
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

function replaceSpans(bytes: Buffer, spans: readonly Span[]): Buffer {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (end > bytes.length) break;
    parts.push(bytes.subarray(at, start), Buffer.from(replacement));
    at = end;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}
