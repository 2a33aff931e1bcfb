import { unzipSync } from "node:zlib";

/** A stretch of a text, and what it is when one encoding is taken off. */
export type Decoding = { start: number; end: number; how: string; bytes: Buffer };

/**
 * Twice in base64, the shortest secret has so many characters, in one line or wrapped. It begins with the word, or a little
 * behind its beginning.
 */
const word = /[A-Za-z0-9+/_-]{12,}(?:\r?\n[A-Za-z0-9+/_-]{12,})*(?:\r?\n[A-Za-z0-9+/_-]+(?=[=\r\n]))?={0,2}/g;
const offsets = [0, 1, 2, 3];
const longWord = 24;

const hex = /(?:[0-9A-Fa-f]{2}){12,}/g;
/** One character at a time, with blanks, commas or bars between. */
const spelled = /(?:[^\s,|][\s,|]{1,3}){6,}[^\s,|]/g;

const isCased = (word: string) => /[A-Z]/.test(word) && /[a-z]/.test(word);
/** Whoever encodes twice encodes text. */
const hasText = (bytes: Buffer) => /[\t\n\r -~]{8}/.test(bytes.toString("latin1"));

const unzippedMax = 65_536;

/** Everything that parts of a text may stand for. Takes time that is linear in the text. */
export function* decodingsOf(text: string): Generator<Decoding> {
  for (const { 0: match, index } of text.matchAll(word)) {
    const place = { start: index, end: index + match.length };
    for (const decoded of [...fromHex(match), ...fromBase64(match)]) yield { ...place, ...decoded };
  }
  for (const { 0: match, index } of text.matchAll(spelled)) {
    const bytes = Buffer.from(match.replace(/[\s,|]/g, ""), "latin1");
    yield { start: index, end: index + match.length, how: "one character at a time", bytes };
  }
}

type Decoded = Pick<Decoding, "how" | "bytes">;

function fromHex(text: string): Decoded[] {
  const all = (text.match(hex) ?? []).map((digits) => Buffer.from(digits, "hex"));
  return all.filter(hasText).map((bytes) => ({ how: "hex", bytes }));
}

function fromBase64(text: string): Decoded[] {
  if (!isCased(text)) return [];
  return (text.length < longWord ? [0] : offsets).flatMap((offset): Decoded[] => {
    const bytes = Buffer.from(text.slice(offset), "base64");
    const unzipped = unzip(bytes);
    if (unzipped !== null) return [{ how: "compressed base64", bytes: unzipped }];
    return hasText(bytes) ? [{ how: "base64", bytes }] : [];
  });
}

/** gzip and zlib begin in ways of their own. */
function unzip(bytes: Buffer): Buffer | null {
  const head = bytes.length < 2 ? 0 : bytes.readUInt16BE();
  if (![0x1f8b, 0x7801, 0x789c, 0x78da].includes(head)) return null;
  try {
    return unzipSync(bytes, { maxOutputLength: unzippedMax });
  } catch {
    return null;
  }
}
