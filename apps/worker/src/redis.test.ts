import { readdir, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { leaseMs } from "@branchline/core/deployments/lease";
import { getDeployment } from "@branchline/core/deployments/queries";
import { listDeliveries } from "@branchline/core/webhook-deliveries/queries";
import { startTcpProxy, type TcpProxy } from "@branchline/testing/tcp-proxy";
import { until } from "@branchline/testing/until";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { queuedDeployment } from "./testing/deployments.ts";
import { type SceneWithGate, startSceneWithGate } from "./testing/gate.ts";
import { leaseOf } from "./testing/lease.ts";
import { stepMs, type Waiting, waitingRepository } from "./testing/waiting.ts";

/** Each worker speaks with Redis through its own. */
let networks: [TcpProxy, TcpProxy];
let scene: SceneWithGate;
let redis: Redis;
/** Its build lasts through every fault, in the first worker. */
let held: Waiting & { sha: string; number: number };
/** What is pushed to meanwhile. */
let orders: Waiting;
let billing: Waiting;

beforeAll(async () => {
  scene = await startSceneWithGate(async ({ ports, redisUrl }) => {
    const start = () => startTcpProxy({ host: "127.0.0.1", port: ports.valkey });
    networks = [await start(), await start()];
    const urls = networks.map(({ port }) => Object.assign(new URL(redisUrl), { port }).href);
    return (place) => ({ WORKER_CONCURRENCY: "3", REDIS_URL: urls[place] ?? redisUrl });
  });
  redis = new Redis(scene.world.redisUrl);
  redis.on("error", () => undefined);
  const waiting = (name: string) => waitingRepository(scene, name);
  const lasting = await waiting("held");
  const sha = await lasting.push({ test: scene.gate.ask("held") });
  held = { ...lasting, sha, number: await queuedDeployment(scene, sha) };
  [orders, billing] = await Promise.all([waiting("orders"), waiting("billing"), scene.gate.arrived("held")]);
  await scene.machines.addWorker();
});
afterAll(async () => {
  redis?.disconnect();
  await scene?.stop();
  await Promise.all((networks ?? []).map((network) => network.stop()));
});

const appendOnly = () => join(scene.world.directory, "valkey/appendonlydir");

const change = ({ push }: Waiting, displayName: string) => push({ displayName });

/** A push that comes to its end without AWS, which is soon. */
const fail = ({ push }: Waiting, displayName: string, first = "true") =>
  push({ displayName, test: `${first}; exit 3` });

/** What became of a push, as its delivery or its deployment says; a hint to look may be lost with Redis. */
const endOf = (sha: string) =>
  until(`${sha} is deployed, superseded or explained`, stepMs, async () => {
    const delivery = (await listDeliveries(scene.ctx)).find(({ headSha }) => headSha === sha);
    const number = delivery?.targets[0]?.deploymentNumber ?? null;
    if (number === null) return delivery?.explanation ?? null;
    const { finishedAt, status, reason } = await getDeployment(scene.ctx, number);
    return finishedAt === null ? null : (reason ?? status);
  });

const isDeployed = async (sha: string) => expect(await endOf(sha)).toBe("succeeded");
const hasFailed = async (sha: string) => expect(await endOf(sha)).toBe("tests_failed");

/** By the first worker, all along. */
const isKept = async () =>
  expect(await leaseOf(scene, held.number)).toEqual({ epoch: 1, isHeld: true, lostWorkers: 0 });

/** The key that is there as long as a bell for the deployment lies in Redis or is answered. */
async function jobOf(commitSha: string): Promise<string> {
  const { id } = await scene.ctx.db.deployment.findFirstOrThrow({ where: { commitSha } });
  return `bull:builds:de:deployment.run-${id}`;
}

const becomes = (count: 0 | 1, key: string) =>
  until(`${key} is ${count} times in Redis`, stepMs, async () => ((await redis.exists(key)) === count ? true : null));

/** Settles with the key of the bell that was rung for the webhook of a push, while nobody hears it. */
async function isRungFor(sha: string): Promise<string> {
  const where = { body: { path: ["after"], equals: sha } };
  const { id } = await until("the webhook is stored", stepMs, () => scene.ctx.db.webhookDelivery.findFirst({ where }));
  const key = `bull:webhooks:de:github.receive-${id}`;
  await becomes(1, key);
  return key;
}

/** No worker hears a bell until then. @returns what restores their connections */
function cutWorkersOff(): () => void {
  const restore = () => {
    for (const network of networks) network.restore();
  };
  for (const network of networks) network.cut();
  onTestFinished(restore);
  return restore;
}

test("fault 6: a worker that is cut off from Redis keeps what it runs, the copy of it that another one gets is dropped, and what is pushed meanwhile is deployed", async () => {
  networks[0].cut();
  onTestFinished(networks[0].restore);
  const meanwhile = await change(orders, "cut");
  await Promise.all([isDeployed(meanwhile), becomes(0, await jobOf(held.sha))]);
  await isKept();
});

test("fault 12: while Redis is frozen builds go on, webhooks are stored, and what was pushed comes to its end when it thaws", async () => {
  const thaw = scene.world.freezeValkey();
  onTestFinished(thaw);
  const end = performance.now() + leaseMs + 1_000;
  const meanwhile = await fail(orders, "frozen");
  while (performance.now() < end) {
    await isKept();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  thaw();
  await hasFailed(meanwhile);
});

test("fault 8: what a Redis that lost its power had not written down is rung for again, and what it believes is still to be done is not done twice", async () => {
  const [file = ""] = (await readdir(appendOnly())).filter((name) => name.endsWith(".incr.aof"));
  const appended = join(appendOnly(), file);
  const done = await fail(orders, "done", scene.gate.ask("done"));
  await scene.gate.arrived("done");
  const { size } = await stat(appended);
  scene.gate.open("done");
  await hasFailed(done);
  const doneJob = await jobOf(done);
  await becomes(0, doneJob);

  const restore = cutWorkersOff();
  const forgotten = await fail(billing, "forgotten");
  const forgottenJob = await isRungFor(forgotten);
  await scene.world.crash("valkey", () => truncate(appended, size));
  await becomes(1, doneJob);
  expect(await redis.exists(forgottenJob)).toBe(0);
  restore();
  await Promise.all([hasFailed(forgotten), becomes(0, doneJob)]);
  const { number } = await scene.ctx.db.deployment.findFirstOrThrow({ where: { commitSha: done } });
  expect(await leaseOf(scene, number)).toMatchObject({ epoch: 1, lostWorkers: 0 });
});

test("fault 9: of a burst in which Redis forgets everything, and then is replaced by an empty one, every push is deployed or superseded, and each changes its stack once", async () => {
  const services = [orders, billing];
  const pushed = (name: string) => Promise.all(services.map((service) => change(service, name)));
  const updatesOf = async ({ stack }: Waiting) => ((await stack.status()) === null ? 0 : stack.updates());
  const updates = async () => (await Promise.all(services.map(updatesOf))).reduce((total, count) => total + count);
  const before = await updates();
  const restore = cutWorkersOff();
  const shas = await pushed("first");
  await Promise.all(shas.map(isRungFor));
  await redis.flushall();
  restore();
  shas.push(...(await pushed("second")));
  await scene.world.crash("valkey", () => rm(appendOnly(), { recursive: true }));
  shas.push(...(await pushed("third")));
  await redis.flushall();
  await isKept();
  scene.gate.open("held");
  const ends = await Promise.all(shas.map(endOf));
  for (const end of ends) expect(end).toMatch(/^(succeeded|superseded)/);
  expect(ends.slice(-services.length)).toEqual(services.map(() => "succeeded"));
  expect((await updates()) - before).toBe(ends.filter((end) => end === "succeeded").length);
});

test("faults 6, 8, 9 and 12: a build that lasted through them all was run once, by one worker", async () => {
  await isDeployed(held.sha);
  expect(await leaseOf(scene, held.number)).toMatchObject({ epoch: 1, lostWorkers: 0 });
  expect(await held.stack.updates()).toBe(1);
});
