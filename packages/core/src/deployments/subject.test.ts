import { expect, test } from "vitest";
import { subjectOf } from "./subject.ts";

test.each([
  ["a commit", "Fix rounding", "Fix rounding"],
  ["a commit with a body", "Fix rounding\n\nHalf to even.", "Fix rounding"],
  ["a merge on GitHub", "Merge pull request #7 from acme/fix\n\nFix rounding", "Fix rounding (#7)"],
  ["a merge whose title names its number", "Merge pull request #7 from acme/fix\r\n\r\nFix #7", "Fix #7"],
  ["a merge without a title", "Merge pull request #7 from acme/fix\n", "Merge pull request #7 from acme/fix"],
  ["a merge by git", "Merge branch 'fix' into develop", "Merge branch 'fix' into develop"],
  ["a squash", "Fix rounding (#7)\n\n* half to even", "Fix rounding (#7)"],
  ["no commit", "", ""],
])("the subject of %s is what it changed", (_, message, subject) => {
  expect(subjectOf(message)).toBe(subject);
});
