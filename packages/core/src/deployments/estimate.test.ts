import { expect, test } from "vitest";
import { startsInMs } from "./estimate.ts";

const now = new Date("2026-11-24T10:01:00Z");
const holder = { startedAt: new Date("2026-11-24T10:00:00Z") };

test.each([
  ["is what is left of the typical time of the one that runs", { holder, ahead: 0, typicalMs: 90_000 }, 30_000],
  ["counts each that goes first", { holder, ahead: 2, typicalMs: 90_000 }, 210_000],
  ["is nothing when the one that runs takes longer than usual", { holder, ahead: 0, typicalMs: 30_000 }, 0],
  ["is not known without history", { holder, ahead: 0, typicalMs: null }, null],
  ["is not known before that has started", { holder: { startedAt: null }, ahead: 0, typicalMs: 90_000 }, null],
])("the time until a queued deployment starts %s", (_, wait, expected) => {
  expect(startsInMs(wait, now)).toBe(expected);
});
