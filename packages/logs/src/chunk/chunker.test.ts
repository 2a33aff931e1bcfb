import fc from "fast-check";
import { expect, test } from "vitest";
import { createChunker, type LogChunk } from "./chunker.ts";

function chunked(pieces: Buffer[], options: { chunkBytesMax?: number; lineBytesMax?: number } = {}): LogChunk[] {
  const chunks: LogChunk[] = [];
  const chunker = createChunker({ firstLine: 1, onChunk: (chunk) => chunks.push(chunk), ...options });
  for (const piece of pieces) chunker.write(piece);
  chunker.end();
  return chunks;
}

const textOf = (chunks: LogChunk[]) => Buffer.concat(chunks.map((chunk) => chunk.bytes)).toString("utf8");

test("every line is numbered once, in order, however the output is cut", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "ü", "\n", "—", " ") }).map((text) => Buffer.from(text));
  fc.assert(
    fc.property(fc.array(piece), fc.integer({ min: 1, max: 40 }), (pieces, chunkBytesMax) => {
      const chunks = chunked(pieces, { chunkBytesMax });
      const text = Buffer.concat(pieces).toString("utf8");
      expect(textOf(chunks)).toBe(text === "" || text.endsWith("\n") ? text : `${text}\n`);
      let line = 1;
      chunks.forEach((chunk, index) => {
        expect(chunk.seq).toBe(index + 1);
        expect(chunk.firstLine).toBe(line);
        line += chunk.lineCount;
      });
    }),
  );
});

test.each([
  ["colours stay", "\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m"],
  ["the cursor does not move", "a\u001b[2Kb\u001b[1;1Hc", "abc"],
  ["the terminal gets no title and no clipboard", "a\u001b]0;title\u0007b\u001b]52;c;aGk=\u001b\\c", "abc"],
  ["a progress bar shows its last state", "10 %\r50 %\r100 %", "100 %"],
  ["a line of Windows is a line", "text\r", "text"],
  ["NUL goes", "a\u0000b", "ab"],
])("%s", (_, line, stored) => {
  expect(textOf(chunked([Buffer.from(`${line}\n`)]))).toBe(`${stored}\n`);
});

test("a line without end is cut, and no character with it", () => {
  const chunks = chunked([Buffer.from("ü".repeat(50))], { lineBytesMax: 9 });
  expect(textOf(chunks).replaceAll("\n", "")).toBe("ü".repeat(50));
});

test("no escape but a colour is ever stored, however they are nested or broken", () => {
  const unit = fc.constantFrom("\u001b", "[", "]", "0", ";", "?", "m", "J", "\u0007", "\u0000", "\r", "x", "\\", "P");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (line) => {
      const stored = textOf(chunked([Buffer.from(`${line}\n`)]));
      expect(
        stored
          .split("\u001b")
          .slice(1)
          .filter((after) => !/^\[[0-9;:]*m/.test(after)),
      ).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
