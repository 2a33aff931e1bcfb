import { expect, test } from "vitest";
import { trialOf } from "./trial";

const push = { sha: "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678", branch: "develop", because: "`a.js` changed since #1" };
const named = { ...push, sha: "f".repeat(40), branch: "deadbeef" };
const pushes = [push, named];

test.each([
  ["a1b2c3d", { kind: "commit", push }],
  ["A1B2C3D4", { kind: "commit", push }],
  [push.sha, { kind: "commit", push }],
  ["0000000", { kind: "unknown_commit" }],
  ["a1b2c3", { kind: "branch" }],
  ["deadbeef", { kind: "branch" }],
  ["feature/a1b2c3d", { kind: "branch" }],
])("%s is tried as it is meant", (typed, expected) => {
  expect(trialOf(typed, pushes)).toEqual(expected);
});
