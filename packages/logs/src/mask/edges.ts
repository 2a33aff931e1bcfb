/** The edges of a trie, in a table of numbers: a dense table would take a kilobyte per byte of every needle. */
export type Edges = {
  /** The state that a byte leads to, or -1. */
  get(state: number, byte: number): number;
  set(state: number, byte: number, child: number): void;
};

/** @param countMax how many edges there will be at the most */
export function createEdges(countMax: number): Edges {
  const size = 2 ** Math.ceil(Math.log2(countMax * 2 + 2));
  const keys = new Int32Array(size).fill(-1);
  const children = new Int32Array(size);

  function slotOf(key: number): number {
    let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & (size - 1);
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (size - 1);
    return slot;
  }

  return {
    get(state, byte) {
      const slot = slotOf(state * 256 + byte);
      return keys[slot] === -1 ? -1 : (children[slot] ?? -1);
    },
    set(state, byte, child) {
      const key = state * 256 + byte;
      const slot = slotOf(key);
      keys[slot] = key;
      children[slot] = child;
    },
  };
}
