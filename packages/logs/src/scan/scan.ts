import { lineFeed } from "../bytes.ts";
import { createCover } from "../mask/cover.ts";
import { createFinder, type Findings, merged, type Span } from "../mask/finder.ts";
import type { Secrets } from "../mask/secrets.ts";
import { seenText } from "../mask/seen-text.ts";
import { findTokens } from "../mask/token-patterns.ts";
import { decodingsOf } from "./decodings.ts";

/** A secret where the mask can't see it. */
export type Leak = {
  /** Whose it is. */
  secret: string;
  /** The outermost encoding. */
  how: string;
  line: number;
};

export type Scan = {
  /**
   * Looks at masked lines, in their order, for secrets in more than one encoding.
   * @returns the lines without what was found of them
   */
  look(bytes: Buffer, firstLine: number): { bytes: Buffer; leaks: Leak[] };
};

/** Of a log; after so many there is nothing more to tell. */
const leaksMax = 20;
/** Of the lines before, in which something may have begun. */
const carriedBytes = 4_096;

export function createScan(secrets: Secrets): Scan {
  let carried: Buffer = Buffer.alloc(0);
  let told = 0;
  return {
    look(bytes, firstLine) {
      if (told >= leaksMax) return { bytes, leaks: [] };
      const all = Buffer.concat([carried, bytes]);
      const offset = carried.length;
      const found = foundIn(all, secrets).filter(({ end }) => end > offset);
      const spans = found.map(({ start, end }) => ({ start: Math.max(0, start - offset), end: end - offset }));
      carried = Buffer.from(found.length > 0 ? [] : bytes.subarray(-carriedBytes));
      told += found.length;
      const lineOf = (index: number) =>
        firstLine + bytes.subarray(0, Math.max(0, index - offset)).filter(isFeed).length;
      return {
        bytes: found.length === 0 ? bytes : createCover().show(bytes, merged(spans), bytes.length).bytes,
        leaks: found.map(({ secret, how, start }) => ({ secret, how, line: lineOf(start) })),
      };
    },
  };
}

const isFeed = (byte: number) => byte === lineFeed;

type Found = Span & { secret: string; how: string };

/** Encodings that are taken off, one after another. */
const depthMax = 3;
/** Decoded bytes for each byte of output: what is made to be slow to look at is looked at so far. */
const effortMax = 16;

function foundIn(bytes: Buffer, secrets: Secrets): Found[] {
  const { text, indexOf } = seenText(bytes);
  const effort = { left: bytes.length * effortMax };
  const found: Found[] = reversedIn(text, secrets);
  for (const { start, end, how, bytes: decoded } of decodingsOf(text)) {
    const secret = secretInside(decoded, { secrets, effort, depth: 1 });
    if (secret !== null) found.push({ start, end, secret, how });
  }
  return found.map(({ start, end, ...what }) => ({ start: indexOf(start), end: indexOf(end - 1) + 1, ...what }));
}

/** From its last character to its first. */
function reversedIn(text: string, secrets: Secrets): Found[] {
  const bytes = Buffer.from(text, "latin1").reverse();
  return spansIn(bytes, secrets).spans.map(({ start, end }) => ({
    start: text.length - end,
    end: text.length - start,
    secret: secrets.nameIn(bytes.subarray(start, end)) ?? unknown,
    how: "backwards",
  }));
}

type Look = { secrets: Secrets; effort: { left: number }; depth: number };

/** What a secret that we were not told of is called. */
const unknown = "a token";

/** Whose secret is in the bytes, or in what they stand for; null when there is none. */
function secretInside(bytes: Buffer, look: Look): string | null {
  const { secrets, effort, depth } = look;
  effort.left -= bytes.length;
  if (effort.left < 0) return null;
  const { spans, tokens } = spansIn(bytes, secrets);
  if (spans.length > 0) return secrets.nameIn(bytes) ?? unknown;
  const { text } = seenText(bytes);
  if (tokens.length > 0 && findTokens(text).length > 0) return unknown;
  if (depth === depthMax) return null;
  for (const { bytes: decoded } of decodingsOf(text)) {
    const secret = secretInside(decoded, { ...look, depth: depth + 1 });
    if (secret !== null) return secret;
  }
  return null;
}

function spansIn(bytes: Buffer, secrets: Secrets): Findings {
  const findings: Findings = { spans: [], tokens: [] };
  createFinder(secrets.automaton()).find(bytes, 0, findings);
  return findings;
}
