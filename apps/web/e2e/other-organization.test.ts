import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOrganization } from "@branchline/core/organizations/create";
import { type Apps, startApps } from "@branchline/testing/apps";
import { type Acme, setUpAcme } from "@branchline/testing/scene/acme";
import { mergeNewMessage } from "@branchline/testing/scene/shop";
import { findDeploymentOf } from "@branchline/testing/scene/watch";
import { startWorld, type World } from "@branchline/testing/world";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Action, bodyOf, listActions } from "./actions.ts";
import { cookieOf, launchBrowser, signedIn } from "./browser.ts";
import { addressOf, listRoutes, type Route } from "./routes.ts";

/** What everybody may open; every other address belongs to an organization. */
const open = [
  "/",
  "/new",
  "/invitations/[token]",
  "/github/setup",
  "/github/refused",
  "/api/auth/[...all]",
  "/api/role-template",
];
/** What takes every address that no other does. */
const nowhere = ["/[org]/[...rest]", "/api/[...rest]"];
const routes = listRoutes().filter(({ pattern }) => ![...open, ...nowhere].includes(pattern));

let directory: string;
let world: World;
let apps: Apps;
let acme: Acme;
let browser: Browser;
let values: { deployment: string; delivery: string; number: string };
const cookies = { ada: "", eve: "" };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "e2e-"));
  world = await startWorld({ directory });
  apps = await startApps(world);
  acme = await setUpAcme(world);
  const merge = await mergeNewMessage(world.github, "Hello", "develop");
  const { deploymentId, number, deliveryId } = await findDeploymentOf(acme.ctx, merge.sha);
  values = { deployment: deploymentId, delivery: deliveryId ?? "", number: String(number) };
  await createOrganization({ ...acme.ctx, user: acme.eve }, { name: "Eve's", slug: "eves" });
  browser = await launchBrowser();
  for (const login of ["ada", "eve"] as const) {
    const page = await signedIn(browser, world.webUrl, login);
    cookies[login] = await cookieOf(page.context(), world.webUrl);
    await page.context().close();
  }
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await acme?.close();
  await apps?.stop();
  await world?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** A real address of acme. A parameter that nobody gave a value for fails the test. */
function addressOfAcme(route: Route): string {
  const id = route.pattern.includes("/deliveries/") ? values.delivery : values.deployment;
  const profile = { org: "acme", app: "shop", service: "orders", profile: "staging" };
  return addressOf(route, { ...profile, number: values.number, id });
}

/** The status alone: a stream would never end. */
async function statusOf(route: Route, cookie: string): Promise<number> {
  const leaving = new AbortController();
  const response = await fetch(world.webUrl + addressOfAcme(route), {
    headers: { cookie },
    redirect: "manual",
    signal: leaving.signal,
  });
  leaving.abort();
  return response.status;
}

describe.each(routes)("$pattern", (route) => {
  test("is there for a member", async () => {
    expect([200, 307]).toContain(await statusOf(route, cookies.ada));
  });

  test("is not there for a member of another organization", async () => {
    expect(await statusOf(route, cookies.eve)).toBe(404);
  });

  test("is not there, or asks to sign in, for somebody who did not", async () => {
    const status = await statusOf(route, "");
    if (route.kind === "route") expect(status).toBe(404);
    else expect([303, 307, 404]).toContain(status);
  });
});

test.each(["/acme/nothing/here", "/api/nothing"])("%s is not there for a member", async (address) => {
  const { status } = await fetch(world.webUrl + address, { headers: { cookie: cookies.ada } });
  expect(status).toBe(404);
});

/** A person's browser is not needed: whoever has a session can post any action's id with any arguments. */
async function post(action: Action, address: string, cookie: string): Promise<number> {
  const response = await fetch(world.webUrl + address, {
    method: "POST",
    headers: { cookie, origin: world.webUrl, "next-action": action.id, accept: "text/x-component" },
    body: bodyOf(action, "acme", { deploymentId: values.deployment, email: "eve@elsewhere.example", role: "owner" }),
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.status;
}

const auditOfAcme = () => acme.ctx.db.auditEntry.count({ where: { organizationId: acme.ctx.organizationId } });

describe.each(listActions())("the action $name", (action) => {
  const address = () => addressOfAcme(action.page);

  test("does nothing, and is not there, for a member of another organization", async () => {
    const before = await auditOfAcme();
    expect(await post(action, address(), cookies.eve)).toBe(404);
    // From a page of her own Next hands the action on, and answers with what it threw.
    await post(action, "/eves", cookies.eve);
    expect(await auditOfAcme()).toBe(before);
  });

  test("answers a member", async () => {
    expect(await post(action, address(), cookies.ada)).not.toBe(404);
  });
});

test("the open addresses are all addresses that there are", () => {
  const patterns = listRoutes().map(({ pattern }) => pattern);
  expect(patterns).toEqual(expect.arrayContaining([...open, ...nowhere]));
});
