import { newNap, sleepers } from "@branchline/testing/sleepers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";
import type { Output } from "./sandbox.ts";

type Bench = Awaited<ReturnType<typeof createBench>>;
let bench: Bench;
beforeAll(async () => {
  bench = await createBench({});
});
afterAll(() => bench.close());

/** Calls back when the step says that it is ready. */
const whenReady =
  (act: () => void): Output =>
  async (bytes) => {
    if (bytes.includes("ready")) act();
  };

test("nothing survives a step", async () => {
  const nap = newNap();
  await bench.run(["sh", "-c", `setsid sleep ${nap} >/dev/null 2>&1 & echo started`]);
  expect(await sleepers(nap)).toEqual([]);
});

test("fault 42: a step that is silent for too long ends, and so does one that takes too long; the limit is named", async () => {
  const silent = await bench.run(["sleep", "60"], { idleTimeoutMs: 200 });
  expect(silent.exit).toEqual({ kind: "timed_out", limit: "idle" });
  const long = await bench.run(["sh", "-c", "while :; do echo busy; sleep 0.05; done"], { timeoutMs: 400 });
  expect(long.exit).toEqual({ kind: "timed_out", limit: "total" });
});

test("a cancelled step is asked first, and may say its last word", async () => {
  const stopping = new AbortController();
  const heard: Buffer[] = [];
  const hearReady = whenReady(() => stopping.abort());
  const { exit } = await bench.run(
    ["sh", "-c", "trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.1; done"],
    {
      signal: stopping.signal,
      async output(bytes, stream) {
        // A shell may tell on its standard error that its child was ended.
        if (stream === "stdout") heard.push(bytes);
        await hearReady(bytes, stream);
      },
    },
  );
  expect(exit).toEqual({ kind: "cancelled" });
  expect(Buffer.concat(heard).toString()).toBe("ready\nasked\n");
});

test("fault 43: a step that ignores the request to end is killed ten seconds later, and what it left in sessions of their own with it", async () => {
  const nap = newNap();
  const stopping = new AbortController();
  let askedAt = 0;
  const orphan = `setsid setsid sh -c 'trap "" TERM; sleep ${nap}' >/dev/null 2>&1 &`;
  const { exit } = await bench.run(["sh", "-c", `trap "" TERM; ${orphan} echo ready; while :; do sleep 1; done`], {
    signal: stopping.signal,
    output: whenReady(() => {
      askedAt = performance.now();
      stopping.abort();
    }),
  });
  const tookMs = performance.now() - askedAt;
  expect(exit).toEqual({ kind: "cancelled" });
  expect(tookMs).toBeGreaterThan(9_900);
  expect(await sleepers(nap)).toEqual([]);
}, 25_000);

test("a step whose output can't be kept is killed, and fails with the reason", async () => {
  const nap = newNap();
  const output = async () => Promise.reject(new Error("the disk is full"));
  await expect(bench.run(["sh", "-c", `echo ready; sleep ${nap}`], { output })).rejects.toThrow("the disk is full");
  expect(await sleepers(nap)).toEqual([]);
});

test("what is lost to another worker is killed without a request, and nothing runs after it", async () => {
  const lost = await createBench({});
  const nap = newNap();
  const { exit } = await lost.run(["sh", "-c", `trap "" TERM; echo ready; sleep ${nap}`], {
    output: whenReady(() => lost.kill()),
  });
  // What is asked first ends as cancelled, however it ends.
  expect(exit).toEqual({ kind: "signalled", signal: "signal 9" });
  expect((await lost.run(["sleep", nap])).exit).toEqual(exit);
  expect(await sleepers(nap)).toEqual([]);
  await lost.close();
});
