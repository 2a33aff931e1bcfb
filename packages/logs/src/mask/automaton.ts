import { createEdges, type Edges } from "./edges.ts";

/** What is looked for: a secret's form, or the beginning of what looks like a token. */
export type Needle = { bytes: Uint8Array; kind: "secret" | "token" };

/**
 * Aho-Corasick over bytes: all needles in one pass, whatever their number. State 0 is the beginning. Of a needle longer
 * than `headBytes` only the head is in it; the rest is compared byte by byte once the head was found.
 */
export type Automaton = {
  step(state: number, byte: number): number;
  /** Length of the longest secret that ends in a state, 0 for none. */
  matched: Int32Array;
  /** How many of the last bytes are the beginning of a needle, or one. */
  depth: Int32Array;
  /** How many of the last bytes may go on as a needle. */
  unfinished: Int32Array;
  /** 1 where a token begins to show. */
  token: Uint8Array;
  /** The long needles whose head ends in a state. */
  long: ReadonlyMap<number, readonly Uint8Array[]>;
  /** By the hash of four bytes: 0 when no needle begins with them. */
  begins: Uint8Array;
};

export const headBytes = 32;
/** Every needle has at least so many bytes. */
export const beginBytes = 4;

export const hashOf = (window: number) => Math.imul(window, 0x9e3779b1) >>> 14;

type Trie = {
  states: number;
  edges: Edges;
  parent: Int32Array;
  byteOf: Uint8Array;
  depth: Int32Array;
  /** The depth of a state that has children. */
  unfinished: Int32Array;
  matched: Int32Array;
  token: Uint8Array;
  long: Map<number, Uint8Array[]>;
  begins: Uint8Array;
};

export function buildAutomaton(needles: readonly Needle[]): Automaton {
  const statesMax = needles.reduce((sum, { bytes }) => sum + Math.min(bytes.length, headBytes), 1);
  const trie: Trie = {
    states: 1,
    edges: createEdges(statesMax),
    parent: new Int32Array(statesMax),
    byteOf: new Uint8Array(statesMax),
    depth: new Int32Array(statesMax),
    unfinished: new Int32Array(statesMax),
    matched: new Int32Array(statesMax),
    token: new Uint8Array(statesMax),
    long: new Map(),
    begins: new Uint8Array(2 ** 18),
  };
  for (const needle of needles) plant(trie, needle);
  return linked(trie);
}

function plant(trie: Trie, { bytes, kind }: Needle): void {
  let state = 0;
  let window = 0;
  for (const byte of bytes.subarray(0, headBytes)) {
    const known = trie.edges.get(state, byte);
    state = known === -1 ? grow(trie, state, byte) : known;
    window = (window << 8) | byte;
    if (trie.depth[state] === beginBytes) trie.begins[hashOf(window)] = 1;
  }
  if (kind === "token") trie.token[state] = 1;
  else trie.matched[state] = Math.min(bytes.length, headBytes);
  if (bytes.length > headBytes) trie.long.set(state, [...(trie.long.get(state) ?? []), bytes]);
}

function grow(trie: Trie, parent: number, byte: number): number {
  const child = trie.states;
  trie.states += 1;
  trie.edges.set(parent, byte, child);
  trie.parent[child] = parent;
  trie.byteOf[child] = byte;
  trie.depth[child] = (trie.depth[parent] ?? 0) + 1;
  trie.unfinished[parent] = trie.depth[parent] ?? 0;
  return child;
}

/** Where a byte leads nowhere, it leads where the longest proper suffix leads. */
function linked(trie: Trie): Automaton {
  const { states, edges, parent, byteOf, depth, unfinished, matched, token, long, begins } = trie;
  const suffix = new Int32Array(states);
  const roots = Int32Array.from({ length: 256 }, (_, byte) => Math.max(0, edges.get(0, byte)));

  function step(from: number, byte: number): number {
    for (let state = from; state !== 0; state = suffix[state] ?? 0) {
      const child = edges.get(state, byte);
      if (child !== -1) return child;
    }
    return roots[byte] ?? 0;
  }

  // A suffix is shorter than what it is the suffix of, so by depth each is known when it is asked for.
  const order = Int32Array.from({ length: states }, (_, state) => state);
  for (const state of order.sort((a, b) => (depth[a] ?? 0) - (depth[b] ?? 0))) {
    const before = parent[state] ?? 0;
    if (before === 0) continue;
    const to = step(suffix[before] ?? 0, byteOf[state] ?? 0);
    suffix[state] = to;
    for (const facts of [matched, unfinished, token]) facts[state] = Math.max(facts[state] ?? 0, facts[to] ?? 0);
  }
  return { step, matched, depth, unfinished, token, long, begins };
}
