import { behindColour, carriageReturn, escapeByte, hasSeen, lineFeed } from "../bytes.ts";

export type OnLine = (line: Buffer, continues: boolean) => void;

/** One per stream, so that no half line of one is joined with another's. */
export type Lines = {
  write(bytes: Buffer): void;
  /** A line without its end is ended. */
  end(): void;
};

/**
 * Cuts masked output into lines. A longer one goes on in the next, which `continues` says. Of a line that returned the
 * carriage only what was written last is left, as of a progress bar.
 */
export function createLines(lineBytesMax: number, onLine: OnLine): Lines {
  let parts: Buffer[] = [];
  let size = 0;
  let continues = false;

  function keep(part: Buffer): void {
    parts = part.length === 0 ? [] : [part];
    size = part.length;
  }

  function add(part: Buffer): void {
    parts.push(part);
    size += part.length;
    if (size > lineBytesMax) cut();
  }

  /** Hands on whole pieces, and keeps the rest. */
  function cut(): void {
    let line = Buffer.concat(parts);
    line = line.subarray(shownLast(line).start);
    while (line.length > lineBytesMax) {
      const at = cutOf(line, lineBytesMax);
      onLine(line.subarray(0, at), continues);
      continues = true;
      line = line.subarray(at);
    }
    keep(Buffer.from(line));
  }

  function end(): void {
    const line = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    const { start, end: to } = shownLast(line);
    onLine(line.subarray(start, to), continues);
    continues = false;
    keep(Buffer.alloc(0));
  }

  return {
    write(bytes) {
      let at = 0;
      for (let feed = bytes.indexOf(lineFeed); feed !== -1; feed = bytes.indexOf(lineFeed, at)) {
        add(bytes.subarray(at, feed));
        end();
        at = feed + 1;
      }
      if (at < bytes.length) add(bytes.subarray(at));
    },
    end() {
      if (size > 0) end();
    },
  };
}

/** What is left of a line on a screen: what stands behind the last carriage return that something stands behind. */
function shownLast(line: Buffer): { start: number; end: number } {
  let end = line.length;
  for (;;) {
    const start = end === 0 ? 0 : line.lastIndexOf(carriageReturn, end - 1) + 1;
    if (start === 0 || hasSeen(line.subarray(start, end))) return { start, end };
    end = start - 1;
  }
}

/** Within neither a character nor a colour. In UTF-8 bytes 10xxxxxx go on with the character before them. */
function cutOf(line: Buffer, max: number): number {
  let at = max;
  while (at > max - 4 && ((line[at] as number) & 0b1100_0000) === 0b1000_0000) at -= 1;
  const colour = line.lastIndexOf(escapeByte, at - 1);
  return colour > 0 && behindColour(line, colour) > at ? colour : at;
}
