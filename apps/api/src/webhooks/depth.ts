/** GitHub's bodies are a few levels deep; what nests thousands exhausts the stack of whoever walks it. */
const depthMax = 100;

/** What is shorter can't nest deep enough to harm anybody. */
const harmlessBytes = 10_000;

const quote = 0x22;
const backslash = 0x5c;
/** What [ { ] } do to the depth. */
const steps = new Map([
  [0x5b, 1],
  [0x7b, 1],
  [0x5d, -1],
  [0x7d, -1],
]);

/** Whether JSON nests deeper than GitHub's ever does; found without parsing it. */
export function isTooDeep(json: Buffer): boolean {
  if (json.length < harmlessBytes) return false;
  let depth = 0;
  for (let at = 0; at < json.length && depth <= depthMax; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === quote) at = endOfString(json, at);
    else depth += steps.get(byte) ?? 0;
  }
  return depth > depthMax;
}

/** The place of the quote that ends the string which begins at a place. */
function endOfString(json: Buffer, begin: number): number {
  let at = begin + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
