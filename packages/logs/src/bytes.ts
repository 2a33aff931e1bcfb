export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const escapeByte = 0x1b;
const bracket = 0x5b;
const endOfColour = 0x6d;

export const isBreak = (byte: number | undefined) => byte === lineFeed || byte === carriageReturn;

/** Digits, colon and semicolon: what stands between `ESC [` and `m`. */
const isColourPart = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x3b;

/** The index behind the colour that begins at an escape byte. Of cleaned output, in which each begins a whole colour. */
export function behindColour(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(endOfColour, at);
  return end === -1 ? bytes.length : end + 1;
}

/** The index of the byte before `at` that a person sees, colours and line breaks being none; -1 when there is none. */
function seenBefore(bytes: Uint8Array, at: number): number {
  let index = at - 1;
  while (index >= 0) {
    if (isBreak(bytes[index])) index -= 1;
    else if (bytes[index] !== endOfColour) return index;
    else {
      const start = colourEndingAt(bytes, index);
      if (start === -1) return index;
      index = start - 1;
    }
  }
  return -1;
}

/** Where the colour begins whose last byte this is; -1 when it is a letter of the text. */
function colourEndingAt(bytes: Uint8Array, end: number): number {
  let index = end - 1;
  while (index >= 0 && isColourPart(bytes[index])) index -= 1;
  return bytes[index] === bracket && bytes[index - 1] === escapeByte ? index - 1 : -1;
}

/** Where the last `count` seen bytes before `end` begin; 0 when there are not so many. */
export function startOfSeen(bytes: Uint8Array, end: number, count: number): number {
  let index = end;
  for (let left = count; left > 0 && index > 0; left -= 1) index = Math.max(0, seenBefore(bytes, index));
  return index;
}

/** Whether there is anything but colours and line breaks. */
export function hasSeen(bytes: Uint8Array): boolean {
  return seenBefore(bytes, bytes.length) !== -1;
}
