import { expect, test } from "vitest";
import { pause } from "./pause.ts";

test("a pause is over at once when chaos is to end, so that nothing stays frozen", async () => {
  const stop = new AbortController();
  const before = pause(600_000, stop.signal);
  stop.abort();
  await before;
  expect(await pause(600_000, stop.signal)).toBeUndefined();
});
