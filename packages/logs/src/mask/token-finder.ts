import { lineFeed } from "../bytes.ts";
import type { Span } from "./finder.ts";
import { seenText } from "./seen-text.ts";
import { findTokens } from "./token-patterns.ts";

export type TokenFinder = {
  /**
   * @param beginnings where the finder saw that a token may begin, in order
   * @returns what looks like a token, and from where on the bytes must be held back, since their line is not over yet
   */
  find(bytes: Buffer, beginnings: readonly number[], isLast: boolean): { spans: Span[]; heldFrom: number };
  /** The bytes were shown up to an index, which is the next call's 0. */
  forget(count: number): void;
};

/** A line without end is looked at in pieces, and no token of less than this is cut by them. */
const heldMax = 65_536;
const tokenBytesMax = 8_192;

/** A private key of 16,384 bits has 200 lines. */
const keyLinesMax = 400;

const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?!.*-----END )/;
const keyEnds = /-----END /;
const keyLine = /^\s*(?:[A-Za-z0-9+/=]+|[A-Za-z-]{1,30}: [ -~]{1,200})?\s*$/;

/** Looks for tokens, line by line, from the place on where one may begin; and hides private keys to their end. */
export function createTokenFinder(): TokenFinder {
  const keys = watchKeys();
  /** Where the text begins that is to be looked at when its line is over; -1 when there is none. */
  let pending = -1;

  function look(bytes: Buffer, from: number, to: number): Span[] {
    const { text, indexOf } = seenText(bytes, from, to);
    if (keys.isOfKey(text)) return to > from ? [{ start: from, end: to }] : [];
    return findTokens(text).map(({ start, end }) => ({ start: indexOf(start), end: indexOf(end - 1) + 1 }));
  }

  /** What is looked at next: the rest of the line, the next line of a key, or where a token may begin again. */
  function behind({ to, isOver }: Stretch, beginningFrom: (index: number) => number): number {
    if (!isOver) return to;
    return keys.isWithin() ? to + 1 : beginningFrom(to);
  }

  return {
    find(bytes, beginnings, isLast) {
      const spans: Span[] = [];
      const beginningFrom = following(beginnings);
      if (pending === -1) pending = beginningFrom(0);
      for (let here = stretchOf(bytes, pending, isLast); here !== null; here = stretchOf(bytes, pending, isLast)) {
        spans.push(...look(bytes, pending, here.to));
        pending = behind(here, beginningFrom);
      }
      return { spans, heldFrom: pending === -1 ? bytes.length : pending };
    },
    forget(count) {
      if (pending !== -1) pending -= count;
    },
  };
}

/** The first of the rest that is not before an index; -1 when there is none. */
function following(beginnings: readonly number[]): (index: number) => number {
  let next = 0;
  return (index) => {
    while ((beginnings[next] ?? index) < index) next += 1;
    return beginnings[next] ?? -1;
  };
}

type Stretch = { to: number; isOver: boolean };

/** Up to where a text can be looked at by now; null when there is none, or its line may go on. */
function stretchOf(bytes: Buffer, from: number, isLast: boolean): Stretch | null {
  if (from === -1) return null;
  const feed = bytes.indexOf(lineFeed, from);
  if (feed !== -1) return { to: feed, isOver: true };
  if (from >= bytes.length) return null;
  if (isLast) return { to: bytes.length, isOver: true };
  return bytes.length - from < heldMax ? null : { to: cutOf(bytes, from), isOver: false };
}

/** Is told each text in turn, and says which are lines of a private key. */
function watchKeys(): { isOfKey(text: string): boolean; isWithin(): boolean } {
  let linesLeft = 0;
  return {
    isOfKey(text) {
      const isWithin = linesLeft > 0;
      if (isWithin && keyEnds.test(text)) linesLeft = 0;
      else if (isWithin && keyLine.test(text)) linesLeft -= 1;
      else {
        linesLeft = keyBegins.test(text) ? keyLinesMax : 0;
        return false;
      }
      return true;
    },
    isWithin: () => linesLeft > 0,
  };
}

/** Before the word that the bytes end with, when it may go on as a token. */
function cutOf(bytes: Buffer, from: number): number {
  const first = Math.max(from + 1, bytes.length - tokenBytesMax);
  for (let at = bytes.length - 1; at >= first; at -= 1) if (!isOfToken(bytes[at] as number)) return at;
  return bytes.length;
}

const isOfToken = (byte: number) => /[A-Za-z0-9_.+/=-]/.test(String.fromCharCode(byte));
