import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Bell } from "./catalogue.ts";
import {
  concurrency,
  everyBell,
  type Heard,
  type Listen,
  listening,
  ownValkey,
  redis,
  ringing,
} from "./testing/bells.ts";

test("fault 10: a Redis that is full is asked for jobs once a second, and gives them when there is room again", async () => {
  const valkey = await ownValkey();
  await valkey.start();
  const client = new Redis(valkey.url);
  onTestFinished(() => client.disconnect());
  await ringing(valkey.url).ring(everyBell);
  await client.config("SET", "maxmemory", "1");
  const refusedAt: number[] = [];
  const fourth = Promise.withResolvers<void>();
  const onRedisError = (_: unknown, name: string) => {
    if (name !== "builds") return;
    refusedAt.push(performance.now());
    if (refusedAt.length === 4) fourth.resolve();
  };
  const heard: Heard[] = [];
  await listening(valkey.url, async (job) => void heard.push(job), { onRedisError }).ready;
  await fourth.promise;
  const [first = 0, , , last = 0] = refusedAt;
  // Two places may have asked before the first refusal was heard.
  expect(last - first).toBeGreaterThan(900);
  await client.config("SET", "maxmemory", "0");
  await vi.waitFor(() => expect(heard).toHaveLength(everyBell.length), { timeout: 20_000 });
});

test("a worker that rests leaves every job to others, ends what it has, and takes jobs again when it goes on", async () => {
  const url = await redis();
  const ends = Promise.withResolvers<void>();
  const [tired, other]: [Heard[], Heard[]] = [[], []];
  const listen: Listen = async (job) => {
    tired.push(job);
    await ends.promise;
  };
  const served = listening(url, listen, { concurrency: { ...concurrency, builds: 20 } });
  await served.ready;
  const doorbell = ringing(url);
  const bellOf = (deploymentId: string): Bell => ({ name: "deployment.run", payload: { deploymentId } });
  await doorbell.ring([bellOf("1")]);
  await vi.waitFor(() => expect(tired).toHaveLength(1), { timeout: 20_000 });
  served.rest();
  const another = listening(url, async (job) => void other.push(job));
  await another.ready;
  const later = Array.from({ length: 10 }, (_, index) => bellOf(`later-${index}`));
  await doorbell.ring(later);
  await vi.waitFor(() => expect(tired.length + other.length).toBe(11), { timeout: 20_000 });
  // What it was already waiting for when it was told may still come.
  expect(tired.length).toBeLessThanOrEqual(2);
  ends.resolve();
  await another.stop(1_000);
  served.goOn();
  await doorbell.ring([bellOf("last")]);
  await vi.waitFor(() => expect(tired).toContainEqual(bellOf("last")), { timeout: 20_000 });
});
