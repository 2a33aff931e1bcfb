import { expect, test, vi } from "vitest";
import { createRedisTrouble } from "./redis-trouble.ts";

test("an outage of Redis is one line when it begins and one when it is over, however many errors come of it", async () => {
  const warn = vi.fn();
  const info = vi.fn();
  const trouble = createRedisTrouble({ warn, info }, 200);
  for (let error = 0; error < 20; error += 1) trouble.met(new Error("connect ECONNREFUSED"));
  expect(warn.mock.calls).toEqual([
    [{ error: "Error: connect ECONNREFUSED" }, expect.stringContaining("Redis is away")],
  ]);
  expect(info).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(info.mock.calls).toEqual([["Redis answers again"]]), { timeout: 20_000 });
  trouble.met(new Error("OOM command not allowed"));
  expect(warn).toHaveBeenCalledTimes(2);
});
