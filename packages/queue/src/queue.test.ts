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

const admit: Bell = { name: "deployment.admit", payload: {} };

test("every bell of the catalogue reaches its handler with its ids", async () => {
  const url = await redis();
  const heard: Heard[] = [];
  await listening(url, async (job) => void heard.push(job)).ready;
  await ringing(url).ring(everyBell);
  await vi.waitFor(() => expect(heard).toEqual(expect.arrayContaining(everyBell)), { timeout: 20_000 });
  expect(heard).toHaveLength(everyBell.length);
});

test("fault 56: a row that is rung for twice while it waits is one job, and may be rung for again once that has ended", async () => {
  const url = await redis();
  const doorbell = ringing(url);
  const bell: Bell = { name: "deployment.run", payload: { deploymentId: "7" } };
  await doorbell.ring([bell, bell]);
  await doorbell.ring([bell]);
  const listen = vi.fn<Listen>(async () => undefined);
  await listening(url, listen).ready;
  await vi.waitFor(() => expect(listen).toHaveBeenCalledTimes(1), { timeout: 20_000 });
  await vi.waitFor(
    async () => {
      await doorbell.ring([bell]);
      expect(listen).toHaveBeenCalledTimes(2);
    },
    { timeout: 20_000 },
  );
});

test.for([
  ["alone", [[admit], [admit], [admit]]],
  ["with others", [[admit, admit]]],
] as const)(
  "however often a bell rings while its job is under way, %s, it is heard once more after it",
  async ([, rung]) => {
    const url = await redis();
    const doorbell = ringing(url);
    const goesOn = Promise.withResolvers<void>();
    onTestFinished(() => goesOn.resolve());
    const heard: Heard[] = [];
    const listen: Listen = async (job) => {
      heard.push(job);
      await goesOn.promise;
    };
    await listening(url, listen).ready;
    await doorbell.ring([admit]);
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 20_000 });
    for (const bells of rung) await doorbell.ring([...bells]);
    expect(heard).toHaveLength(1);
    goesOn.resolve();
    await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 20_000 });
    // Nothing is left of it: rung for behind it is heard after it, as the third.
    await doorbell.ring([admit]);
    await vi.waitFor(() => expect(heard).toHaveLength(3), { timeout: 20_000 });
  },
);

test("of bells that ring together, those whose jobs lie there already cost no job, and the others are heard", async () => {
  const url = await redis();
  const doorbell = ringing(url);
  const [one, two] = ["1", "2"].map((deploymentId): Bell => ({ name: "deployment.run", payload: { deploymentId } }));
  if (one === undefined || two === undefined) throw new Error("There are two bells.");
  await doorbell.ring([one]);
  await doorbell.ring([one, two]);
  const heard: Heard[] = [];
  await listening(url, async (job) => void heard.push(job)).ready;
  await vi.waitFor(() => expect(heard).toEqual([one, two]), { timeout: 20_000 });
  const client = new Redis(url);
  const events = await client.xrange("bull:builds:events", "-", "+");
  client.disconnect();
  expect(events.flatMap(([, fields]) => fields)).not.toContain("duplicated");
});

test("a bell whose job Redis lost without its mark is heard when it rings again, alone and with others", async () => {
  const url = await redis();
  const doorbell = ringing(url);
  const bells = ["1", "2", "3"].map((deploymentId): Bell => ({ name: "deployment.run", payload: { deploymentId } }));
  await doorbell.ring(bells);
  const client = new Redis(url);
  onTestFinished(() => client.disconnect());
  const keys = await client.keys("bull:builds:*");
  const isMark = (key: string) => key.startsWith("bull:builds:de:");
  expect(keys.filter(isMark)).toHaveLength(bells.length);
  await client.del(keys.filter((key) => !isMark(key)));
  const heard: Heard[] = [];
  await listening(url, async (job) => void heard.push(job)).ready;
  await doorbell.ring(bells.slice(0, 2));
  await doorbell.ring(bells.slice(2));
  await vi.waitFor(() => expect(heard).toEqual(expect.arrayContaining(bells)), { timeout: 20_000 });
});

test("a job that failed for good frees its id, is not tried again, and does not stop the next", async () => {
  const url = await redis();
  const errors: unknown[] = [];
  const listen = vi.fn<Listen>(async ({ payload }) => {
    if ((payload as { repositoryId: string }).repositoryId === "bad") throw new Error("no such repository");
  });
  await listening(url, listen, { isPermanent: () => true, onError: (error) => errors.push(error) }).ready;
  const doorbell = ringing(url);
  await doorbell.ring([{ name: "repository.scan", payload: { repositoryId: "bad" } }]);
  await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 20_000 });
  await doorbell.ring([{ name: "repository.scan", payload: { repositoryId: "good" } }]);
  await vi.waitFor(() => expect(listen).toHaveBeenCalledTimes(2), { timeout: 20_000 });
  await doorbell.ring([{ name: "repository.scan", payload: { repositoryId: "bad" } }]);
  await vi.waitFor(() => expect(errors).toHaveLength(2), { timeout: 20_000 });
  expect(listen).toHaveBeenCalledTimes(3);
});

test("a deployment whose worker was lost is rung for beside builds that take every place, also while its own bell is not answered", async () => {
  const url = await redis();
  const heard: Heard[] = [];
  const building = Promise.withResolvers<void>();
  onTestFinished(() => building.resolve());
  const listen: Listen = (job) => {
    heard.push(job);
    return job.name === "deployment.run" ? building.promise : Promise.resolve();
  };
  await listening(url, listen).ready;
  const doorbell = ringing(url);
  const payloads = ["1", "2", "3"].map((deploymentId) => ({ deploymentId }));
  await doorbell.ring(payloads.map((payload) => ({ name: "deployment.run", payload })));
  await vi.waitFor(() => expect(heard).toHaveLength(concurrency.builds), { timeout: 20_000 });
  const lost: Bell = { name: "deployment.take-over", payload: { deploymentId: "1" } };
  await doorbell.ring([lost]);
  await vi.waitFor(() => expect(heard).toContainEqual(lost), { timeout: 20_000 });
});

test("a job whose service asks for time is tried when that is over, however often, and not earlier", async () => {
  const url = await redis();
  const at: number[] = [];
  const patienceMs = 400;
  const listen: Listen = async () => {
    at.push(performance.now());
    if (at.length < 8) throw new Error("too many requests");
  };
  await listening(url, listen, { retryAfterMs: () => patienceMs }).ready;
  const doorbell = ringing(url);
  const bell: Bell = { name: "github.receive", payload: { deliveryId: "1" } };
  await doorbell.ring([bell]);
  await vi.waitFor(() => expect(at.length).toBeGreaterThan(0), { timeout: 20_000 });
  // As the sweep does, all the while.
  await vi.waitFor(
    async () => {
      await doorbell.ring(at.length < 8 ? [bell] : []);
      expect(at.length).toBeGreaterThanOrEqual(8);
    },
    { timeout: 15_000 },
  );
  for (const [index, time] of at.slice(1, 8).entries())
    expect(time - (at[index] ?? 0)).toBeGreaterThan(patienceMs - 20);
});

test("a job whose service did not answer is tried again", async () => {
  const url = await redis();
  let tries = 0;
  const listen: Listen = async () => {
    tries += 1;
    if (tries === 1) throw new Error("did not answer");
  };
  await listening(url, listen).ready;
  await ringing(url).ring([{ name: "deploy-profile.prove", payload: { deployProfileId: "1" } }]);
  await vi.waitFor(() => expect(tries).toBe(2), { timeout: 20_000 });
});

test("stopping does not wait longer than it was told for a job that hangs", async () => {
  const url = await redis();
  const begun = Promise.withResolvers<void>();
  const served = listening(url, () => {
    begun.resolve();
    return new Promise(() => undefined);
  });
  await served.ready;
  await ringing(url).ring([{ name: "deployment.run", payload: { deploymentId: "9" } }]);
  await begun.promise;
  // Without an end of its own it would wait until this test's.
  await served.stop(300);
});

test("a job that Redis forgot is told so by its signal", async () => {
  const valkey = await ownValkey();
  await valkey.start();
  const aborted = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const listen: Listen = async (_, signal) => {
    signal.addEventListener("abort", () => aborted.resolve());
    begun.resolve();
    await aborted.promise;
  };
  await listening(valkey.url, listen).ready;
  await ringing(valkey.url).ring([{ name: "deployment.run", payload: { deploymentId: "3" } }]);
  await begun.promise;
  const client = new Redis(valkey.url);
  await client.flushall();
  client.disconnect();
  await aborted.promise;
});

test("ringing never throws and never waits long while Redis is away, and is heard once it is back", async () => {
  const valkey = await ownValkey();
  const failures: unknown[] = [];
  const doorbell = ringing(valkey.url, (error) => failures.push(error));
  const bell: Bell = { name: "github.receive", payload: { deliveryId: "1" } };

  async function ringsInVain() {
    failures.length = 0;
    await doorbell.ring([bell]);
    expect(failures.length).toBeGreaterThan(0);
    expect(await doorbell.state()).toBe("down");
  }

  await ringsInVain();
  await valkey.start();
  await vi.waitFor(async () => expect(await doorbell.state()).toBe("up"), { timeout: 10_000, interval: 100 });
  const heard: Heard[] = [];
  await listening(valkey.url, async (job) => void heard.push(job)).ready;
  await vi.waitFor(
    async () => {
      await doorbell.ring([bell]);
      expect(heard).not.toHaveLength(0);
    },
    { timeout: 10_000, interval: 100 },
  );

  await valkey.stop();
  await ringsInVain();
  await valkey.start();
  heard.length = 0;
  await vi.waitFor(
    async () => {
      await doorbell.ring([bell]);
      expect(heard).not.toHaveLength(0);
    },
    { timeout: 15_000, interval: 200 },
  );
});
