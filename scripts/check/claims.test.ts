import { expect, it } from "vitest";
import { rowsIn } from "./claims.ts";

it("finds the rows that titles carry, in any kind of quotes", () => {
  const text = [
    'test("threat 7: a superstring: nothing", () => {});',
    "describe(`faults 1 and 3: goes on`, () => {});",
    'test.each(cases)("threats 8, 9 and 10: %s: nothing", () => {});',
    'test("adds up", () => {});',
    "// threat 12: is only told of",
  ].join("\n");
  expect(rowsIn(text)).toEqual(["threat 7", "fault 1", "fault 3", "threat 8", "threat 9", "threat 10"]);
});
