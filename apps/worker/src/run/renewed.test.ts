import type { AwsCredentials } from "@branchline/aws";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renewed } from "./renewed.ts";

const minutes = 60_000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** AWS that gives sessions of a length, and fails when it is told to. */
function askable(lastsMs: number) {
  let given = 0;
  let failing = false;
  const ask = renewed(async (): Promise<AwsCredentials> => {
    given += 1;
    if (failing) throw new Error("Throttling");
    const expiration = new Date(Date.now() + lastsMs);
    return { accessKeyId: `key-${given}`, secretAccessKey: "", sessionToken: "", expiration };
  });
  const fail = (fails: boolean) => {
    failing = fails;
  };
  return { key: async () => (await ask()).accessKeyId, asked: () => given, fail };
}

test("twenty who ask at once get the same session, which is asked for once", async () => {
  const aws = askable(60 * minutes);
  expect(new Set(await Promise.all(Array.from({ length: 20 }, aws.key)))).toEqual(new Set(["key-1"]));
  vi.advanceTimersByTime(54 * minutes);
  expect(await aws.key()).toBe("key-1");
  vi.advanceTimersByTime(2 * minutes);
  expect(new Set(await Promise.all(Array.from({ length: 20 }, aws.key)))).toEqual(new Set(["key-2"]));
});

test("a short session is renewed at its half", async () => {
  const aws = askable(6_000);
  expect(await aws.key()).toBe("key-1");
  vi.advanceTimersByTime(2_900);
  expect(await aws.key()).toBe("key-1");
  vi.advanceTimersByTime(200);
  expect(await aws.key()).toBe("key-2");
});

test("fault 29: a renewal that is throttled is tried again every 10 to 20 seconds, and the session serves meanwhile", async () => {
  const aws = askable(60 * minutes);
  await aws.key();
  vi.advanceTimersByTime(56 * minutes);
  aws.fail(true);
  for (let second = 0; second < 60; second += 1) {
    expect(await aws.key()).toBe("key-1");
    vi.advanceTimersByTime(1_000);
  }
  expect(aws.asked() - 1).toBeGreaterThanOrEqual(3);
  expect(aws.asked() - 1).toBeLessThanOrEqual(6);
  aws.fail(false);
  vi.advanceTimersByTime(20_000);
  expect(await aws.key()).not.toBe("key-1");
});

test("a session that has ended serves nobody, and the next who asks tries again", async () => {
  const aws = askable(6_000);
  await aws.key();
  vi.advanceTimersByTime(7_000);
  aws.fail(true);
  await expect(aws.key()).rejects.toThrow("Throttling");
  aws.fail(false);
  expect(await aws.key()).toBe("key-3");
});
