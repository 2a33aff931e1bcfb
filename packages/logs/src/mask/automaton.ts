import { createEdges, type Edges } from "./edges.ts";

/** Aho-Corasick over bytes: all needles in one pass, whatever their number. State 0 is the beginning. */
export type Automaton = {
  step(state: number, byte: number): number;
  /** Length of the longest needle that ends in a state, 0 for none. */
  matched: Int32Array;
  /** How many of the last bytes may be the beginning of a needle. */
  depth: Int32Array;
};

type Trie = {
  states: number;
  edges: Edges;
  parent: Int32Array;
  byteOf: Uint8Array;
  depth: Int32Array;
  matched: Int32Array;
};

export function buildAutomaton(needles: readonly Uint8Array[]): Automaton {
  const statesMax = needles.reduce((sum, needle) => sum + needle.length, 1);
  const trie: Trie = {
    states: 1,
    edges: createEdges(statesMax),
    parent: new Int32Array(statesMax),
    byteOf: new Uint8Array(statesMax),
    depth: new Int32Array(statesMax),
    matched: new Int32Array(statesMax),
  };
  for (const needle of needles) plant(trie, needle);
  return linked(trie);
}

function plant(trie: Trie, needle: Uint8Array): void {
  let state = 0;
  for (const byte of needle) {
    const known = trie.edges.get(state, byte);
    state = known === -1 ? grow(trie, state, byte) : known;
  }
  trie.matched[state] = needle.length;
}

function grow(trie: Trie, parent: number, byte: number): number {
  const child = trie.states;
  trie.states += 1;
  trie.edges.set(parent, byte, child);
  trie.parent[child] = parent;
  trie.byteOf[child] = byte;
  trie.depth[child] = (trie.depth[parent] ?? 0) + 1;
  return child;
}

/** Where a byte leads nowhere, it leads where the longest proper suffix leads. */
function linked({ states, edges, parent, byteOf, depth, matched }: Trie): Automaton {
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
    matched[state] = Math.max(matched[state] ?? 0, matched[to] ?? 0);
  }
  return { step, matched, depth };
}
