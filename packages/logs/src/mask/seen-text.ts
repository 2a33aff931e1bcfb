import { behindColour, escapeByte, isBreak } from "../bytes.ts";

export type SeenText = {
  text: string;
  /** Where a character of the text stands in the bytes. */
  indexOf(character: number): number;
};

/** A stretch of output without its colours and line breaks, as latin1, in which a byte is a character. */
export function seenText(bytes: Buffer, from = 0, to = bytes.length): SeenText {
  let text = "";
  /** Where each piece begins: in the text, and in the bytes. */
  const pieces: { at: number; index: number }[] = [];
  for (let index = from; index < to; ) {
    const end = seenFrom(bytes, index, to);
    pieces.push({ at: text.length, index });
    text += bytes.toString("latin1", index, end);
    index = end;
    while (index < to && (isBreak(bytes[index]) || bytes[index] === escapeByte)) {
      index = isBreak(bytes[index]) ? index + 1 : behindColour(bytes, index);
    }
  }
  return {
    text,
    indexOf(character) {
      const piece = pieces.findLast(({ at }) => at <= character);
      return piece === undefined ? from : piece.index + character - piece.at;
    },
  };
}

/** Behind the seen bytes that begin at an index. */
function seenFrom(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== escapeByte && !isBreak(bytes[at])) at += 1;
  return at;
}
