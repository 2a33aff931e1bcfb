/** Aho-Corasick over bytes: all needles in one pass, whatever their number. */
export type Automaton = {
  /** next[state * 256 + byte] */
  next: Int32Array;
  /** Length of the longest needle that ends in a state, 0 for none. */
  matched: Int32Array;
  /** How many of the last bytes may be the beginning of a needle. */
  depth: Int32Array;
};

export function buildAutomaton(needles: readonly Uint8Array[]): Automaton {
  const size = needles.reduce((sum, needle) => sum + needle.length, 1);
  const next = new Int32Array(size * 256).fill(-1);
  const matched = new Int32Array(size);
  const depth = new Int32Array(size);
  let states = 1;
  for (const needle of needles) {
    let state = 0;
    for (const byte of needle) {
      const at = state * 256 + byte;
      if (next[at] === -1) {
        next[at] = states;
        depth[states] = (depth[state] ?? 0) + 1;
        states += 1;
      }
      state = next[at] ?? 0;
    }
    matched[state] = needle.length;
  }
  linkFailures({ next, matched, depth }, states);
  return { next, matched, depth };
}

/** Breadth first: where a byte leads nowhere, it leads where the longest proper suffix would have led. */
function linkFailures({ next, matched }: Automaton, states: number): void {
  const failure = new Int32Array(states);
  const queue: number[] = [];
  for (let byte = 0; byte < 256; byte += 1) {
    const child = next[byte] ?? -1;
    if (child === -1) next[byte] = 0;
    else queue.push(child);
  }
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const suffix = failure[state] ?? 0;
    matched[state] = Math.max(matched[state] ?? 0, matched[suffix] ?? 0);
    for (let byte = 0; byte < 256; byte += 1) {
      const at = state * 256 + byte;
      const child = next[at] ?? -1;
      const fallback = next[suffix * 256 + byte] ?? 0;
      if (child === -1) next[at] = fallback;
      else {
        failure[child] = fallback;
        queue.push(child);
      }
    }
  }
}
