import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { get, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDb, type Db } from "@branchline/db";
import { startApi, startWeb } from "@branchline/testing/apps";
import type { Child } from "@branchline/testing/child";
import { givenIn } from "@branchline/testing/given";
import { foundAcme } from "@branchline/testing/scene/organization";
import { people, signUp } from "@branchline/testing/scene/people";
import { whileHeld } from "@branchline/testing/sql";
import { until } from "@branchline/testing/until";
import { webhookHeaders } from "@branchline/testing/webhook-headers";
import { startWorld, type World } from "@branchline/testing/world";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bodyOf, listActions } from "./actions.ts";
import { cookieOf, launchBrowser, signedIn } from "./browser.ts";
import { answersOn, answerTo, endingOf, idleAt, keptWith } from "./connections.ts";
import { askOften, fillStreams } from "./limits.ts";

let directory: string;
let world: World;
let db: Db;
let web: Child;
let api: Child | undefined;
let cookie: string;
let deploymentId: string;
let servicePath: string;
let profilePath: string;
let browser: Browser;
let ofAda: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "strain-"));
  world = await startWorld({ directory });
  db = createDb(world.databaseUrl);
  web = await startWeb(world);
  const ada = await signUp(db, world.github, people.ada);
  const ctx = await foundAcme({ db, now: () => new Date(), doorbell: { ring: async () => undefined } }, ada);
  const acme = { ctx, slug: "acme", organizationId: ctx.organizationId, owner: ada, bells: [] };
  const given = givenIn(db);
  const service = await given.service(acme);
  ({ deploymentId } = await given.deployment(acme, service));
  profilePath = `/acme/profiles/${service.profile.slug}`;
  servicePath = `/acme/apps/${service.app}/services/${service.service}`;
  browser = await launchBrowser();
  ofAda = await signedIn(browser, world.webUrl, "ada");
  cookie = await cookieOf(ofAda.context(), world.webUrl);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([web?.stop(), api?.stop()]);
  await db?.$disconnect();
  await world?.stop();
  await rm(directory, { recursive: true, force: true });
});

const page = async (path: string) => (await fetch(world.webUrl + path, { headers: { cookie } })).status;

/** On a busy machine three hundred pages take their time to begin. */
const stepMs = 60_000;

/** Holds what every page of acme reads, until the work is done. */
const whilePagesWait = <T>(work: () => Promise<T>) => whileHeld(world.databaseUrl, "LOCK TABLE organizations", work);

/** How many connections wait for what another one holds. */
async function waiting(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0`;
  return Number(row?.count);
}

/** Settles when pages wait on every connection that they get. */
async function hogged(): Promise<void> {
  const looks: number[] = [];
  await until("the pages have all their connections", stepMs, async () => {
    looks.push(await waiting());
    const [last = 0, ...before] = looks.slice(-4).reverse();
    return last > 0 && before.length === 3 && before.every((look) => look === last) ? true : null;
  });
}

/** A webhook that the api stores. */
function webhook() {
  const body = JSON.stringify({ zen: randomUUID() });
  const secret = world.environment.api.GITHUB_WEBHOOK_SECRET ?? "";
  return { body, headers: webhookHeaders(body, { secret, event: "ping" }), method: "POST" };
}

/** @returns the status */
async function deliver(): Promise<number> {
  const response = await fetch(`${world.apiUrl}/webhooks/github`, webhook());
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

test("fault 16: dashboards that take every connection they can get say so and come back, slow no webhook down, and the api stays ready", async () => {
  let asked: Promise<unknown> = Promise.resolve();
  const seen = await ofAda.context().newPage();
  const strained = await whilePagesWait(async () => {
    // More than Postgres has connections, if each page could have one.
    asked = Promise.allSettled(Array.from({ length: 320 }, () => page("/acme")));
    await hogged();
    await seen.goto(`${world.webUrl}/acme`);
    await seen.getByRole("heading", { name: "The database does not answer" }).waitFor();
    // One that has no connection yet is as well off.
    api = await startApi(world);
    const stored = await storeMany();
    const ready = await fetch(`${world.apiUrl}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", postgres: "up", redis: "up" }]);
    expect(await waiting()).toBeGreaterThan(0);
    return stored;
  });
  await seen.getByRole("heading", { name: "Services" }).waitFor();
  await seen.close();
  await asked;
  const free = await storeMany();
  expect([strained.statuses, free.statuses]).toEqual([new Set([202]), new Set([202])]);
  expect(strained.tookMs).toBeLessThan(free.tookMs * 10);
  expect(await db.webhookDelivery.count()).toBe(400);
  expect(await page("/acme")).toBe(200);
});

test("an address with a character that no name can have is refused, and is no fault of ours", async () => {
  expect(await page("/acme/deployments?service=%00")).toBe(400);
  expect(await page("/acme/apps/%00")).toBe(400);
  expect(await page("/api/organizations/acme%00/events")).toBe(404);
});

test("fault 13: a page waits while Postgres restarts", async () => {
  let asked: Promise<number> = Promise.resolve(0);
  await world.crash("postgres", async () => {
    asked = page("/acme");
  });
  expect(await asked).toBe(200);
});

test("fault 13: a page without a database says so and comes back by itself, and what was typed is neither done nor lost", async () => {
  await ofAda.goto(world.webUrl + servicePath);
  await ofAda.getByLabel("Name").fill("REGION");
  await ofAda.getByLabel("Value").fill("eu-central-1");
  const other = await ofAda.context().newPage();
  const set = ofAda.getByRole("button", { name: "Set parameter" });
  await world.crash("postgres", async () => {
    await Promise.all([set.click(), other.goto(`${world.webUrl}/acme`)]);
    await other.getByRole("heading", { name: "The database does not answer" }).waitFor();
    await ofAda.getByText("The database did not answer. Nothing was changed").waitFor();
  });
  await other.getByRole("heading", { name: "Services" }).waitFor();
  expect(await ofAda.getByLabel("Name").inputValue()).toBe("REGION");
  expect(await db.parameter.count()).toBe(0);
  await set.click();
  await ofAda.getByText("Sealed.").waitFor();
  expect(await db.parameter.count()).toBe(1);
  await other.close();
});

test("fault 13: a page that reads itself again does so when the database is back, and what was typed in it stays", async () => {
  const open = await ofAda.context().newPage();
  await open.goto(world.webUrl + profilePath);
  // Without a worker it has no end.
  await open.getByRole("button", { name: "Test this role" }).click();
  await open.getByText("The test runs.").waitFor();
  await open.getByLabel("Role ARN").fill("arn:aws:iam::222233334444:role/typed");
  const asked = (status: number) =>
    open.waitForResponse((response) => response.url().endsWith("/api/readyz") && response.status() === status);
  let back: Promise<unknown> = Promise.resolve();
  await world.crash("postgres", async () => {
    await asked(503);
    expect(await page(`/api/deployments/${deploymentId}/events`)).toBe(503);
    // Before it can come: the page asks no more after it.
    back = asked(200);
  });
  await back;
  await open.getByText("The test runs.").waitFor();
  expect(await open.getByLabel("Role ARN").inputValue()).toBe("arn:aws:iam::222233334444:role/typed");
  await open.close();
});

test("fault 16: who has too many live pages open is told so by the next one, which is live as soon as others are closed", async () => {
  const address = `${world.webUrl}/api/deployments/${deploymentId}/events`;
  // What is open there has its place, too.
  await ofAda.goto("about:blank");
  const { count, refused, leave } = await fillStreams(address, cookie);
  const told = "60 pages of yours are live, which is the most at once.";
  expect(count).toBe(60);
  expect(refused).toMatchObject({ status: 429, retryAfter: 5, text: expect.stringContaining(told) });
  await ofAda.goto(`${world.webUrl}/acme`);
  const note = ofAda.getByText(`This page is not live for now. ${told}`);
  await note.waitFor();
  await leave();
  await note.waitFor({ state: "hidden" });
  expect((await fetch(address, { method: "HEAD", headers: { cookie } })).status).toBe(405);
});

test.each([
  ["a person", () => ({ cookie }), 200],
  ["a network address without a session", () => ({ "x-forwarded-for": "203.0.113.7" }), 404],
])("fault 16: %s that asks too often is told how long to wait, and others are answered", async (_, asker, answered) => {
  const address = `${world.webUrl}/api/deployments/${deploymentId}/log`;
  const answers = await askOften(address, 31, () => ({ headers: asker() }));
  const refused = answers.find(({ status }) => status === 429);
  expect(answers.map(({ status }) => status).filter((status) => status !== answered)).toEqual([429]);
  expect(refused?.retryAfter).toBeGreaterThan(0);
  expect(refused?.retryAfter).toBeLessThanOrEqual(60);
  expect(refused?.text).toBe(
    JSON.stringify({ error: `You asked for logs more than 30 times in a minute. Wait ${refused?.retryAfter} s.` }),
  );
  const [other] = await askOften(address, 1, () => ({ headers: { "x-forwarded-for": "203.0.113.8" } }));
  expect(other?.status).toBe(404);
});

test("fault 16: who asks for too many changes is told by the form that nothing was changed", async () => {
  const action = listActions().find(({ name }) => name === "services/new/actions.ts#addService");
  if (action === undefined) throw new Error("There is no such action");
  const headers = { cookie, origin: world.webUrl, "next-action": action.id, accept: "text/x-component" };
  const change = () => ({ method: "POST", headers, body: bodyOf(action, "acme", { app: "" }) });
  // The minute that counts may end meanwhile, since it began with what was changed before.
  const answers = await askOften(`${world.webUrl}/acme/services/new`, 2 * 121, change);
  const refusals = answers.filter(({ text }) =>
    text.includes("You asked for changes more than 120 times in a minute."),
  );
  expect(refusals.length).toBeGreaterThan(0);
  expect(refusals.length).toBeLessThan(answers.length);
});

/** A program has this long, as an orchestrator has it. */
const graceMs = 15_000;

const kept = () => keptWith(cookie);

test("fault 4: web that is asked to end answers what is under way, ends streams so that browsers go elsewhere, and ends in time", async () => {
  const paths = [`/api/deployments/${deploymentId}/events`, "/api/organizations/acme/events"];
  const streams = await Promise.all(paths.map((path) => answerTo(get(world.webUrl + path, kept()))));
  for (const { answer } of streams) await once(answer, "data");
  const idle = await idleAt(`${world.webUrl}/icon.svg`, kept());
  const ends = streams.map(({ answer }) => once(answer.resume(), "end"));
  const connection = kept();
  const { underWay, ended } = await whilePagesWait(async () => {
    const underWay = answerTo(get(`${world.webUrl}/acme`, connection));
    await until("a page is under way", stepMs, async () => ((await waiting()) > 0 ? true : null));
    const ended = endingOf(web);
    await Promise.all([...ends, ...[...streams, idle].map(({ closed }) => closed)]);
    await expect(page("/acme")).rejects.toThrow();
    return { underWay, ended };
  });
  const { answer } = await underWay;
  await once(answer.resume(), "end");
  expect(answer.statusCode).toBe(200);
  expect(await answersOn(connection, `${world.webUrl}/icon.svg`)).toBeLessThanOrEqual(1);
  const { code, tookMs } = await ended;
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(graceMs);
});

test("fault 4: an api that is asked to end stores what is under way, keeps no connection, and ends in time", async () => {
  api ??= await startApi(world);
  const idle = await idleAt(`${world.apiUrl}/healthz`, kept());
  const { body, headers, method } = webhook();
  const length = { "content-length": body.length, expect: "100-continue" };
  const connection = kept();
  const underWay = request(`${world.apiUrl}/webhooks/github`, {
    ...connection,
    method,
    headers: { ...headers, ...length },
  });
  underWay.write(body.slice(0, 5));
  await once(underWay, "continue");
  const ended = endingOf(api);
  await idle.closed;
  await expect(deliver()).rejects.toThrow();
  const { answer } = await answerTo(underWay.end(body.slice(5)));
  await once(answer.resume(), "end");
  expect(answer.statusCode).toBe(202);
  expect(await answersOn(connection, `${world.apiUrl}/healthz`)).toBeLessThanOrEqual(1);
  const deliveryId = headers["x-github-delivery"];
  expect(await db.webhookDelivery.count({ where: { id: deliveryId } })).toBe(1);
  const { code, tookMs } = await ended;
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(graceMs);
});
