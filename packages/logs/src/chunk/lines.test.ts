import fc from "fast-check";
import { expect, test } from "vitest";
import { cut } from "../testing/cut.ts";
import { createLines } from "./lines.ts";

type Line = { text: string; continues: boolean };

function linesOf(pieces: (string | Buffer)[], lineBytesMax = 65_536): Line[] {
  const lines: Line[] = [];
  const cutter = createLines(lineBytesMax, (line, continues) =>
    lines.push({ text: line.toString("latin1"), continues }),
  );
  for (const piece of pieces) cutter.write(Buffer.from(piece));
  cutter.end();
  return lines;
}

const textOf = (line: string) => linesOf([`${line}\n`]).map(({ text }) => text);

test.each([
  ["a progress bar shows its last state", "10 %\r50 %\r100 %", "100 %"],
  ["a line of Windows is a line", "text\r", "text"],
  ["a progress bar that ended with a colour shows its last state", "50 %\r100 %\r\u001b[0m", "100 %"],
  ["a line of nothing is a line", "", ""],
])("%s", (_, line, stored) => {
  expect(textOf(line)).toEqual([stored]);
});

test("a line without end is cut, says so, and no character or colour is cut with it", () => {
  const text = "ü".repeat(50);
  const lines = linesOf([Buffer.from(text)], 9);
  expect(Buffer.from(lines.map((line) => line.text).join(""), "latin1").toString("utf8")).toBe(text);
  for (const { text: part } of lines) expect(Buffer.from(part, "latin1").toString("utf8")).not.toContain("\ufffd");
  expect(lines.map(({ continues }) => continues)).toEqual([false, ...Array(lines.length - 1).fill(true)]);
  for (const { text: part } of linesOf(["\u001b[38;5;1mx".repeat(40)], 25))
    expect(part).toMatch(/^(\u001b\[38;5;1mx?|x)+$/);
});

test("a progress bar without end is its last state, and is not kept in memory", () => {
  const states = Array.from({ length: 20_000 }, (_, at) => `\r${at} of 20000`);
  expect(linesOf(states, 1_000)).toEqual([{ text: "19999 of 20000", continues: false }]);
});

test("every byte of any lines is there once and in order, wherever they are cut", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "ü", "\n", "—", " ") }).map((each) => Buffer.from(each));
  fc.assert(
    fc.property(text, fc.array(fc.nat({ max: 9 })), fc.integer({ min: 4, max: 20 }), (bytes, sizes, lineBytesMax) => {
      const lines = linesOf(cut(bytes, sizes), lineBytesMax);
      const joined = lines
        .map(({ text: part, continues }) => (continues ? part : `\n${part}`))
        .join("")
        .slice(1);
      const whole = bytes.toString("latin1");
      expect(joined).toBe(whole.endsWith("\n") ? whole.slice(0, -1) : whole);
    }),
  );
});
