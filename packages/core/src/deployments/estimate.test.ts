import { expect, test } from "vitest";
import { remainingMs } from "./estimate.ts";

const now = new Date("2026-11-24T10:01:00Z");
const startedAt = new Date("2026-11-24T10:00:00Z");

test.each([
  ["is what is left of its typical time", { startedAt, typicalMs: 90_000 }, 30_000],
  ["is nothing when it takes longer than usual", { startedAt, typicalMs: 30_000 }, 0],
  ["is not known without history", { startedAt, typicalMs: null }, null],
  ["is not known before it has started", { startedAt: null, typicalMs: 90_000 }, null],
])("the time until a running deployment ends %s", (_, holder, expected) => {
  expect(remainingMs(holder, now)).toBe(expected);
});
