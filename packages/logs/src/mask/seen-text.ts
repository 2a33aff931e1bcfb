import { behindColour, escapeByte } from "../bytes.ts";

export type SeenText = {
  text: string;
  /** Where a character of the text stands in the bytes. */
  indexOf(character: number): number;
};

/** A stretch of output without its colours, as latin1, in which a byte is a character. */
export function seenText(bytes: Buffer, from = 0, to = bytes.length): SeenText {
  let text = "";
  /** Where each piece between two colours begins: in the text, and in the bytes. */
  const pieces: { at: number; index: number }[] = [];
  for (let index = from; index < to; ) {
    const next = bytes.indexOf(escapeByte, index);
    const end = next === -1 ? to : Math.min(next, to);
    pieces.push({ at: text.length, index });
    text += bytes.toString("latin1", index, end);
    index = end < to ? behindColour(bytes, end) : to;
  }
  return {
    text,
    indexOf(character) {
      const piece = pieces.findLast(({ at }) => at <= character);
      return piece === undefined ? from : piece.index + character - piece.at;
    },
  };
}
