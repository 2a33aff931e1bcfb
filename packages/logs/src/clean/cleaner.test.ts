import fc from "fast-check";
import { expect, test } from "vitest";
import { cut } from "../testing/cut.ts";
import { createCleaner } from "./cleaner.ts";

function cleaned(...pieces: (string | Uint8Array)[]): Buffer {
  const cleaner = createCleaner();
  return Buffer.concat([...pieces.map((piece) => cleaner.write(Buffer.from(piece))), cleaner.end()]);
}

test.each([
  ["colours stay", "\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m"],
  ["colours of the newer notation stay", "\u001b[38:2::1:2:3mx", "\u001b[38:2::1:2:3mx"],
  ["the cursor does not move", "a\u001b[2Kb\u001b[1;1Hc\u001b[?25ld", "abcd"],
  ["the terminal gets no title and no clipboard", "a\u001b]0;title\u0007b\u001b]52;c;aGk=\u001b\\c", "abc"],
  ["a link is its text", "a\u001b]8;;javascript:alert(1)\u001b\\text\u001b]8;;\u001b\\b", "atextb"],
  ["a device string goes", "a\u001bP1;2|secret\u001b\\b", "ab"],
  ["a title that never ends costs its line alone", "a\u001b]0;title\nb", "a\nb"],
  ["the choice of a character set goes", "a\u001b(Bb\u001b[m", "ab\u001b[m"],
  ["an escape of eight bits goes", "a\u009b2Jb\u009d0;x\u0007c", "abc"],
  ["a keyboard mode that looks like a colour goes", "a\u001b[>4;2mb\u001b[?4mc", "abc"],
  ["NUL, bell, backspace and delete go", "a\u0000b\u0007c\u0008d\u007fe", "abcde"],
  ["tabs, line feeds and carriage returns stay", "a\tb\r\nc\r", "a\tb\r\nc\r"],
  ["letters that share a byte with controls stay", "©®¿Â", "©®¿Â"],
])("%s", (_, raw, shown) => {
  expect(cleaned(raw).toString("utf8")).toBe(shown);
  const letters = [...Buffer.from(raw)].map((byte) => Uint8Array.of(byte));
  expect(cleaned(...letters).toString("utf8")).toBe(shown);
});

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..."\u001b[]0;?:mJ\u0007\u0000\rx\\P\u009b\u009c(8\n"), maxLength: 60 }),
);

test("no escape but a colour and no control is left of any bytes, wherever they are cut", () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.nat({ max: 9 })), (raw, sizes) => {
      const text = cleaned(...cut(Buffer.from(raw), sizes)).toString("latin1");
      const rest = text.replace(/\u001b\[[\d:;]*m/g, "");
      expect(rest).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\u00c2[\u0080-\u009f]/);
    }),
    { numRuns: 3_000 },
  );
});

test("text that is not UTF-8 stays as it is, byte for byte", () => {
  const raw = Uint8Array.of(0xff, 0xfe, 0x41, 0x80, 0xc3, 0x28, 0xf0, 0x9f, 0xc2);
  expect([...cleaned(raw)]).toEqual([...raw]);
});

test("a flood of colours before a character is not kept in memory", () => {
  expect(cleaned("\u001b[1m".repeat(100_000), "x").length).toBeLessThan(200);
});
