import { createHmac, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDb, type Db, transact } from "@branchline/db";
import { startApi, startWeb } from "@branchline/testing/apps";
import type { Child } from "@branchline/testing/child";
import { foundAcme } from "@branchline/testing/scene/organization";
import { people, signUp } from "@branchline/testing/scene/people";
import { until } from "@branchline/testing/until";
import { startWorld, type World } from "@branchline/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cookieOf, launchBrowser, signedIn } from "./browser.ts";

let directory: string;
let world: World;
let db: Db;
let web: Child;
let api: Child;
let cookie: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "strain-"));
  world = await startWorld({ directory });
  db = createDb(world.databaseUrl);
  web = await startWeb(world);
  const ada = await signUp(db, world.github, people.ada);
  await foundAcme({ db, now: () => new Date(), doorbell: { ring: async () => undefined } }, ada);
  const browser = await launchBrowser();
  const page = await signedIn(browser, world.webUrl, "ada");
  cookie = await cookieOf(page.context(), world.webUrl);
  await browser.close();
}, 240_000);
afterAll(async () => {
  await Promise.all([web?.stop(), api?.stop()]);
  await db?.$disconnect();
  await world?.stop();
  await rm(directory, { recursive: true, force: true });
});

const page = async (path: string) => (await fetch(world.webUrl + path, { headers: { cookie } })).status;

/** Holds what every page of acme reads, until the work is done. */
async function whilePagesWait<T>(work: () => Promise<T>): Promise<T> {
  return await transact(db, async (tx) => {
    await tx.$executeRaw`LOCK TABLE organizations`;
    return await work();
  });
}

/** How many connections wait for what another one holds. */
async function waiting(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0`;
  return Number(row?.count);
}

/** Settles when pages wait on every connection that they get. */
async function hogged(): Promise<void> {
  const looks: number[] = [];
  await until("the pages have all their connections", 10_000, async () => {
    looks.push(await waiting());
    const [last = 0, ...before] = looks.slice(-4).reverse();
    return last > 0 && before.length === 3 && before.every((look) => look === last) ? true : null;
  });
}

/** A webhook that the api stores. @returns the status */
async function deliver(): Promise<number> {
  const body = JSON.stringify({ zen: randomUUID() });
  const secret = world.environment.api.GITHUB_WEBHOOK_SECRET ?? "";
  const headers = {
    "x-github-event": "ping",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  const response = await fetch(`${world.apiUrl}/webhooks/github`, { method: "POST", body, headers });
  await response.body?.cancel();
  return response.status;
}

/** Stores two hundred, eight at a time. */
async function storeMany(): Promise<{ tookMs: number; statuses: Set<number> }> {
  const begun = performance.now();
  const statuses = new Set<number>();
  const deliverSome = async () => {
    for (let sent = 0; sent < 25; sent += 1) statuses.add(await deliver());
  };
  await Promise.all(Array.from({ length: 8 }, deliverSome));
  return { tookMs: performance.now() - begun, statuses };
}

test("fault 16: dashboards that take every connection they can get slow no webhook down, and the api stays ready", async () => {
  let asked: Promise<unknown> = Promise.resolve();
  const strained = await whilePagesWait(async () => {
    // More than Postgres has connections, if each page could have one.
    asked = Promise.allSettled(Array.from({ length: 320 }, () => page("/acme")));
    await hogged();
    // One that has no connection yet is as well off.
    api = await startApi(world);
    const stored = await storeMany();
    const ready = await fetch(`${world.apiUrl}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", postgres: "up", redis: "up" }]);
    expect(await waiting()).toBeGreaterThan(0);
    return stored;
  });
  await asked;
  const free = await storeMany();
  expect([strained.statuses, free.statuses]).toEqual([new Set([202]), new Set([202])]);
  expect(strained.tookMs).toBeLessThan(free.tookMs * 10);
  expect(await db.webhookDelivery.count()).toBe(400);
  expect(await page("/acme")).toBe(200);
});
