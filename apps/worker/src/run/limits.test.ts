import { expect, test } from "vitest";
import { spanOf } from "./limits.ts";

test.each([
  [1_000, "1 second"],
  [90_000, "90 seconds"],
  [600_000, "10 minutes"],
  [3_600_000, "1 hour"],
  [5_400_000, "90 minutes"],
  [1_499, "1 second"],
])("a limit of %i ms is told as %s", (ms, told) => {
  expect(spanOf(ms)).toBe(told);
});
