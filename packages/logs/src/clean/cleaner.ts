import { escapeByte, isBreak } from "../bytes.ts";

/** One per stream. */
export type Cleaner = {
  /** Text, line breaks and colours; an unfinished escape sequence is held back. */
  write(bytes: Uint8Array): Buffer;
  /** Shows the rest. What is written after it begins anew. */
  end(): Buffer;
};

type State = "text" | "c1" | "escape" | "sequence" | "string";

/** The first byte of U+0080 to U+00BF in UTF-8; up to U+009F those are controls. */
const c1Lead = 0xc2;
const colourEnd = 0x6d;
const bell = 0x07;
const [cancel, substitute] = [0x18, 0x1a];

/** Text and line breaks: what stays without a second look. */
const isText = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20) return byte === 0x09 || isBreak(byte) ? 1 : 0;
  return byte === 0x7f || byte === c1Lead ? 0 : 1;
});

const colourBytesMax = 64;
/** More between two characters are dropped: an unfinished match is held back with all its colours. */
const coloursMax = 16;

type Cleaning = {
  state: State;
  /** What stands between `ESC [` and the end of the sequence, so far. */
  sequence: number[];
  /** Since the last character. */
  colours: number;
  shown: Buffer;
  length: number;
};

/**
 * Lets colours (SGR) and text through. Every other escape sequence goes, whatever it would do to a terminal (a title, the
 * clipboard, a link, the cursor), and so does every other control character. A sequence that never ends costs its line.
 */
export function createCleaner(): Cleaner {
  const cleaning: Cleaning = { state: "text", sequence: [], colours: 0, shown: Buffer.alloc(0), length: 0 };
  return {
    write(bytes) {
      cleaning.shown = Buffer.allocUnsafe(bytes.length + 2 * colourBytesMax);
      cleaning.length = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        if (cleaning.state === "text") at = putText(cleaning, bytes, at);
        if (at < bytes.length) cleaning.state = next[cleaning.state](cleaning, bytes[at] as number);
      }
      return cleaning.shown.subarray(0, cleaning.length);
    },
    end() {
      const isHalf = cleaning.state === "c1";
      Object.assign(cleaning, { state: "text", sequence: [], colours: 0 });
      return isHalf ? Buffer.from([c1Lead]) : Buffer.alloc(0);
    },
  };
}

/** Text, and the colours in it that are there as a whole. @returns the index behind them */
function putText(cleaning: Cleaning, bytes: Uint8Array, from: number): number {
  let at = behindText(bytes, from);
  let colours = at > from ? 0 : cleaning.colours;
  for (let next = behindWhole(bytes, at); next !== -1 && colours < coloursMax; next = behindWhole(bytes, at)) {
    at = behindText(bytes, next);
    colours = at > next ? 0 : colours + 1;
  }
  if (at > from) putAll(cleaning, bytes.subarray(from, at));
  cleaning.colours = colours;
  return at;
}

function behindText(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isText[bytes[at] as number] === 1) at += 1;
  return at;
}

/** The index behind the colour that begins at an index; -1 when there is none, or not its end. */
function behindWhole(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== escapeByte || bytes[from + 1] !== 0x5b) return -1;
  const last = Math.min(bytes.length, from + colourBytesMax);
  let at = from + 2;
  while (at < last && isOfColour(bytes[at] as number)) at += 1;
  return at < last && bytes[at] === colourEnd ? at + 1 : -1;
}

const isOfColour = (byte: number) => byte >= 0x30 && byte <= 0x3b;

function putAll(cleaning: Cleaning, bytes: Uint8Array): void {
  cleaning.shown.set(bytes, cleaning.length);
  cleaning.length += bytes.length;
  cleaning.colours = 0;
}

const next: Record<State, (cleaning: Cleaning, byte: number) => State> = {
  text,
  c1,
  escape: afterEscape,
  sequence,
  string,
};

/** Also where a sequence broke off: the byte is what it would be without it. */
function text(cleaning: Cleaning, byte: number): State {
  if (byte === escapeByte) return "escape";
  if (byte === c1Lead) return "c1";
  if (isText[byte] === 1) putAll(cleaning, Uint8Array.of(byte));
  return "text";
}

function c1(cleaning: Cleaning, byte: number): State {
  if (byte === 0x9b) return "sequence";
  if (byte === 0x90 || byte === 0x98 || (byte >= 0x9d && byte <= 0x9f)) return "string";
  if (byte >= 0x80 && byte < 0xa0) return "text";
  // Before what goes, half a character goes too: it must not meet another half.
  if (isText[byte] === 1) putAll(cleaning, Uint8Array.of(c1Lead));
  return text(cleaning, byte);
}

function afterEscape(cleaning: Cleaning, byte: number): State {
  if (byte === 0x5b) return "sequence";
  if ("]PX^_".includes(String.fromCharCode(byte))) return "string";
  if (byte >= 0x20 && byte < 0x30) return "escape";
  return byte > 0x20 && byte < 0x7f ? "text" : text(cleaning, byte);
}

function sequence(cleaning: Cleaning, byte: number): State {
  if (byte >= 0x20 && byte < 0x40) {
    if (cleaning.sequence.length < colourBytesMax) cleaning.sequence.push(byte);
    return "sequence";
  }
  const inner = Buffer.from(cleaning.sequence).toString("latin1");
  cleaning.sequence = [];
  if (byte < 0x40 || byte > 0x7e) return text(cleaning, byte);
  if (byte === colourEnd && /^[\d:;]{0,63}$/.test(inner) && cleaning.colours < coloursMax) {
    const colours = cleaning.colours + 1;
    putAll(cleaning, Buffer.from(`\u001b[${inner}m`));
    cleaning.colours = colours;
  }
  return "text";
}

/** A title, a link, what the clipboard should hold: up to its end, or to the end of its line. */
function string(cleaning: Cleaning, byte: number): State {
  if (byte === escapeByte || isBreak(byte)) return text(cleaning, byte);
  return byte === bell || byte === cancel || byte === substitute ? "text" : "string";
}
