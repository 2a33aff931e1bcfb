import { behindColour, escapeByte, isBreak, startOfSeen } from "../bytes.ts";
import { type Automaton, beginBytes, hashOf, headBytes } from "./automaton.ts";

/** Of the bytes at hand; `end` is behind the last. */
export type Span = { start: number; end: number };

export type Findings = {
  /** In order; none touches another. */
  spans: Span[];
  /** Where a token may begin, in order. */
  tokens: number[];
};

export type Finder = {
  /** Looks for other needles from now on; a long one that is under way is followed to its end. */
  use(automaton: Automaton): void;
  /** Looks at the bytes from an index on; those before it are the ones that were held back. */
  find(bytes: Buffer, from: number, findings: Findings): void;
  /**
   * How many of the last seen bytes may be the beginning of a needle. A finished line is not held back for three bytes: if
   * it was one, the rest of it is found all the same.
   */
  unfinished(): number;
};

/** A long needle whose head was found: as far as the output goes on like it, it is hidden. */
type Following = { needle: Uint8Array; at: number };

/** More can only come from secrets that repeat themselves, and those find themselves again. */
const followingMax = 16;

/** Line breaks that a needle may have between two of its bytes: a wrap, with or without a carriage return. */
const breaksMax = 2;

type Search = {
  automaton: Automaton;
  state: number;
  /** The last four seen bytes. */
  window: number;
  /** Line breaks since the last seen byte. */
  breaks: number;
  following: Following[];
  bytes: Buffer;
  found: Findings;
};

/**
 * Finds needles in cleaned output, whatever colours are in them and where they are wrapped. Bytes go by quickly until four of
 * them are the beginning of a needle; from there on the automaton decides, so that no output takes longer than another.
 */
export function createFinder(automaton: Automaton): Finder {
  const found = { spans: [], tokens: [] };
  const search: Search = { automaton, state: 0, window: 0, breaks: 0, following: [], bytes: Buffer.alloc(0), found };
  return {
    use(other) {
      Object.assign(search, { automaton: other, state: 0, window: 0 });
    },
    find(bytes, from, findings) {
      search.bytes = bytes;
      search.found = findings;
      for (let at = from; at < bytes.length; ) {
        const next = bytes.indexOf(escapeByte, at);
        searchText(search, at, next === -1 ? bytes.length : next);
        at = next === -1 ? bytes.length : behindColour(bytes, next);
      }
      if (!isClose(search)) search.state = stateOf(search, beginBytes - 1);
    },
    unfinished() {
      const count = search.automaton.unfinished[search.state] as number;
      return count < beginBytes && isBreak(search.bytes.at(-1)) ? 0 : count;
    },
  };
}

function searchText(search: Search, from: number, to: number): void {
  for (let at = from; at < to; ) {
    if (!isClose(search)) at = goBy(search, at, to);
    else {
      at += 1;
      take(search, search.bytes[at - 1] as number, at);
    }
  }
}

function isClose({ automaton, state, following }: Search): boolean {
  return (automaton.depth[state] as number) >= beginBytes || following.length > 0;
}

/** The automaton's state after the last seen bytes, when no more than these can matter. */
function stateOf({ automaton, window }: Search, count: number): number {
  let state = 0;
  for (let shift = (count - 1) * 8; shift >= 0; shift -= 8) state = automaton.step(state, (window >>> shift) & 0xff);
  return state;
}

/** @returns the index behind the bytes that it went by */
function goBy(search: Search, from: number, to: number): number {
  const { bytes } = search;
  const { begins } = search.automaton;
  let { window } = search;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    // Not by isBreak: this loop sees every byte of every log, and runs half as fast again with the numbers in it.
    if (byte === 0x0a || byte === 0x0d) continue;
    window = (window << 8) | byte;
    if (begins[hashOf(window)] === 0) continue;
    search.window = window;
    search.state = stateOf(search, beginBytes);
    if (!isClose(search)) continue;
    search.breaks = 0;
    note(search, at + 1);
    return at + 1;
  }
  search.window = window;
  return to;
}

function take(search: Search, byte: number, end: number): void {
  if (isBreak(byte)) {
    search.breaks += 1;
    if (search.breaks > breaksMax) Object.assign(search, { state: 0, window: 0, following: [] });
    return;
  }
  search.breaks = 0;
  search.state = search.automaton.step(search.state, byte);
  search.window = (search.window << 8) | byte;
  if (search.following.length > 0) follow(search, byte, end);
  note(search, end);
}

function follow(search: Search, byte: number, end: number): void {
  const going = search.following.filter(({ needle, at }) => needle[at] === byte);
  for (const each of going) each.at += 1;
  search.following = going.filter(({ needle, at }) => at < needle.length);
  if (going.length === 0) return;
  const last = search.found.spans.at(-1);
  if (last === undefined) search.found.spans.push({ start: end - 1, end });
  else last.end = end;
}

function note(search: Search, end: number): void {
  const { automaton, state, following, found, bytes } = search;
  const length = automaton.matched[state] as number;
  if (length > 0) cover(found.spans, startOfSeen(bytes, end, length), end);
  const depth = automaton.depth[state] as number;
  if (automaton.token[state] === 1) found.tokens.push(startOfSeen(bytes, end, depth));
  if (depth < headBytes) return;
  for (const needle of automaton.long.get(state) ?? [])
    if (following.length < followingMax) following.push({ needle, at: depth });
}

function cover(spans: Span[], from: number, end: number): void {
  let start = from;
  for (let last = spans.at(-1); last !== undefined && last.end >= start; last = spans.at(-1)) {
    start = Math.min(start, last.start);
    spans.pop();
  }
  spans.push({ start, end });
}

/** In order, and none touching another. */
export function merged(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of spans.sort((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last !== undefined && last.end >= start) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}
