import fc from "fast-check";
import { expect, test } from "vitest";
import { isTooDeep } from "./depth.ts";

const long = "x".repeat(20_000);

test("threat 4: a body that nests a hundred thousand levels: known for what it is, unparsed", () => {
  for (const [begin, end] of [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const) {
    expect(isTooDeep(Buffer.from(`${begin.repeat(100_000)}1${end.repeat(100_000)}`))).toBe(true);
  }
  expect(isTooDeep(Buffer.from("[".repeat(100_000)))).toBe(true);
});

test("no body that GitHub would send is too deep, whatever its texts say", () => {
  const texts = fc.string({ unit: fc.constantFrom("[", "{", '"', "\\", "a"), maxLength: 200 });
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 50 }), (messages) => {
      expect(isTooDeep(Buffer.from(JSON.stringify({ long, commits: messages.map((message) => ({ message })) })))).toBe(
        false,
      );
    }),
  );
});
