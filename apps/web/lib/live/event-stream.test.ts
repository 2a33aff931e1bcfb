import { afterEach, describe, expect, it, vi } from "vitest";
import { eventStream } from "./event-stream.ts";

describe("an event stream", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  async function* nothing(signal: AbortSignal) {
    while (!signal.aborted) {
      yield "";
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it("sends a heartbeat while nothing happens and ends by itself after its life", async () => {
    vi.useFakeTimers();
    const limits = { lifeMs: 200, heartbeatMs: 40 };
    const response = eventStream(new AbortController().signal, nothing, limits);
    const text = response.text();
    await vi.advanceTimersByTimeAsync(limits.lifeMs);
    expect((await text).match(/: still here/g)).toHaveLength(4);
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  });

  it("takes no more from the work than its reader takes", async () => {
    let taken = 0;
    async function* much(signal: AbortSignal) {
      for (; !signal.aborted; taken += 1) yield "x".repeat(1_000);
    }
    const response = eventStream(new AbortController().signal, much, {
      lifeMs: 60_000,
      heartbeatMs: 1_000,
    });
    const reader = response.body?.getReader();
    for (let count = 0; count < 10; count += 1) await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(taken).toBeLessThanOrEqual(12);
    await reader?.cancel();
  });
});
