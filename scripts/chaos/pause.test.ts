import { expect, test } from "vitest";
import { pause } from "./pause.ts";

test("a pause is over at once when chaos is to end, so that nothing stays frozen", async () => {
  const stop = new AbortController();
  const [from, long] = [performance.now(), pause(60_000, stop.signal)];
  stop.abort();
  await long;
  await pause(60_000, stop.signal);
  expect(performance.now() - from).toBeLessThan(1_000);
});
