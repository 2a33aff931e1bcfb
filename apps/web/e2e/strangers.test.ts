import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOrganization } from "@branchline/core/organizations/create";
import { type Apps, startApps } from "@branchline/testing/apps";
import { type Acme, setUpAcme } from "@branchline/testing/scene/acme";
import { findDeploymentOf, waitForEnd } from "@branchline/testing/scene/watch";
import { startWorld, type World } from "@branchline/testing/world";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Action, bodyOf, listActions } from "./actions.ts";
import { cookieOf, launchBrowser, signedIn } from "./browser.ts";
import { expectAlarm, expectHarmlessLog, pushHostileTests } from "./hostile-log.ts";
import { addressOf, listRoutes, type Route } from "./routes.ts";
import { askCallback, askToBegin, begunSignIn, pressSignIn } from "./sign-in.ts";

/** What everybody may open; every other address belongs to an organization. */
const open = [
  "/",
  "/new",
  "/invitations/[token]",
  "/github/setup",
  "/github/refused",
  "/api/auth/[...all]",
  "/api/role-template",
  "/api/readyz",
];
/** What takes every address that no other does. */
const nowhere = ["/[org]/[...rest]", "/api/[...rest]"];
const routes = listRoutes().filter(({ pattern }) => ![...open, ...nowhere].includes(pattern));

let directory: string;
let world: World;
let apps: Apps;
let acme: Acme;
let browser: Browser;
/** The number of the deployment whose log attacks. */
let hostile: number;
let values: { deployment: string; delivery: string; number: string };
const cookies = { ada: "", eve: "" };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "e2e-"));
  world = await startWorld({ directory });
  // So few that a flood of them is over long before the ten seconds are.
  world.environment.web.AUTH_REQUESTS_PER_10_S = "100";
  apps = await startApps(world);
  acme = await setUpAcme(world);
  const sha = await pushHostileTests(world, acme.ctx);
  hostile = (await findDeploymentOf(acme.ctx, sha, "billing")).number;
  const { deploymentId, number, deliveryId } = await findDeploymentOf(acme.ctx, sha);
  values = { deployment: deploymentId, delivery: deliveryId ?? "", number: String(number) };
  await createOrganization({ ...acme.ctx, user: acme.eve }, { name: "Eve's", slug: "eves" });
  browser = await launchBrowser();
  for (const login of ["ada", "eve"] as const) {
    const page = await signedIn(browser, world.webUrl, login);
    cookies[login] = await cookieOf(page.context(), world.webUrl);
    await page.context().close();
  }
});
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

test.each(routes)("$pattern is there for a member", async (route) => {
  expect([200, 307]).toContain(await statusOf(route, cookies.ada));
});

describe("threat 9: an address of another organization: not there", () => {
  test.each(routes)("$pattern", async (route) => {
    expect(await statusOf(route, cookies.eve)).toBe(404);
  });
});

describe("threat 39: an address without a session: not there, or a question to sign in", () => {
  test.each(routes)("$pattern", async (route) => {
    const status = await statusOf(route, "");
    if (route.kind === "route") expect(status).toBe(404);
    else expect([303, 307, 404]).toContain(status);
  });
});

/** A person's browser is not needed: whoever has a session can post any action's id with any arguments. */
async function post(action: Action, address: string, cookie: string, origin: string | null = world.webUrl) {
  const response = await fetch(world.webUrl + address, {
    method: "POST",
    headers: { cookie, "next-action": action.id, accept: "text/x-component", ...(origin === null ? {} : { origin }) },
    body: bodyOf(action, "acme", { deploymentId: values.deployment, email: "eve@elsewhere.example", role: "owner" }),
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.status;
}

const auditOfAcme = () => acme.ctx.db.auditEntry.count({ where: { organizationId: acme.ctx.organizationId } });
const actions = listActions();

describe("threat 9: an action on another organization: not there, and nothing changes", () => {
  test.each(actions)("$name", async (action) => {
    const before = await auditOfAcme();
    expect(await post(action, addressOfAcme(action.page), cookies.eve)).toBe(404);
    // From a page of her own Next hands the action on, and answers with what it threw.
    await post(action, "/eves", cookies.eve);
    expect(await auditOfAcme()).toBe(before);
  });
});

describe("threat 40: an action that another site's page sends with a member's cookies: 403, and nothing changes", () => {
  test.each(actions)("$name", async (action) => {
    const before = await auditOfAcme();
    const { protocol, hostname, port } = new URL(world.webUrl);
    const others = [
      "https://evil.example",
      "null",
      null,
      world.github.url,
      `${protocol}//${hostname}.evil.example:${port}`,
    ];
    for (const origin of others) {
      expect([origin, await post(action, addressOfAcme(action.page), cookies.ada, origin)]).toEqual([origin, 403]);
    }
    expect(await auditOfAcme()).toBe(before);
  });
});

test("threat 40: a sign-out that another site's page sends with a member's cookies: 403, and the session stays", async () => {
  for (const origin of ["https://evil.example", "null", undefined]) {
    const response = await fetch(`${world.webUrl}/api/auth/sign-out`, {
      method: "POST",
      headers: { cookie: cookies.ada, "content-type": "application/json", ...(origin === undefined ? {} : { origin }) },
      body: "{}",
    });
    expect(response.status).toBe(403);
  }
  expect((await fetch(`${world.webUrl}/acme`, { headers: { cookie: cookies.ada } })).status).toBe(200);
});

test.each(actions)("the action $name answers a member", async (action) => {
  expect(await post(action, addressOfAcme(action.page), cookies.ada)).not.toBe(404);
});

test("the open addresses are all addresses that there are", () => {
  const patterns = listRoutes().map(({ pattern }) => pattern);
  expect(patterns).toEqual(expect.arrayContaining([...open, ...nowhere]));
});

test("threat 43: a sign-in that was begun in another browser, or never: no session", async () => {
  const attacker = await signedIn(browser, world.webUrl, "eve");
  const { asked, callback } = await begunSignIn(world.webUrl, await cookieOf(attacker.context(), world.github.url));
  await attacker.context().close();
  expect(callback.origin).toBe(world.webUrl);
  expect(asked.searchParams.get("code_challenge_method")).toBe("S256");
  expect(asked.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
  const madeUp = new URL(callback);
  madeUp.searchParams.set("state", "made-up");
  for (const url of [callback, madeUp]) {
    const victim = await browser.newContext();
    const page = await victim.newPage();
    await page.goto(url.href);
    expect(new URL(page.url()).searchParams.get("error")).toBe("state_mismatch");
    expect((await victim.cookies()).map(({ name }) => name)).not.toContain("branchline.session_token");
    await victim.close();
  }
});

test.each(["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"])(
  "threat 43: a sign-in that is to end at %j: refused",
  async (callbackURL) => {
    const response = await fetch(`${world.webUrl}/api/auth/sign-in/social`, {
      method: "POST",
      headers: { origin: world.webUrl, "content-type": "application/json" },
      body: JSON.stringify({ provider: "github", callbackURL }),
    });
    expect(response.status).toBe(403);
  },
);

test("threat 8: an installation of somebody else's, brought back from GitHub: refused, and nobody's", async () => {
  const put = (path: string, body: object) => world.github.put(path, body);
  await put("/organizations/beta", { name: "Beta", admins: ["ada"], members: ["eve"] });
  await put("/repositories/beta/site", { private: true, defaultBranch: "main" });
  const { id } = await put("/installations/beta", { repositories: "all" });
  const eve = await signedIn(browser, world.webUrl, "eve");
  await eve.goto(`${world.webUrl}/eves/settings/github`);
  await eve.getByRole("button", { name: "Connect GitHub" }).click();
  await eve.waitForURL((url) => url.origin === world.github.url);
  const state = new URL(eve.url()).searchParams.get("state") ?? "";
  await eve.goto(`${world.webUrl}/github/setup?${new URLSearchParams({ installation_id: String(id), state })}`);
  expect(new URL(eve.url()).searchParams.get("because")).toBe("not_administrator");
  await eve.context().close();
  expect(await acme.ctx.db.installation.findFirst({ where: { githubId: BigInt(String(id)) } })).toBeNull();
});

test("every page has a policy under which no script runs but ours, by a nonce of its own, in no frame", async () => {
  const policies = new Set<string>();
  for (const path of ["/", "/acme", "/nobody", "/github/refused?because=taken"]) {
    const response = await fetch(world.webUrl + path, { headers: { cookie: cookies.ada } });
    const policy = response.headers.get("content-security-policy") ?? "";
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1] ?? "none";
    expect([path, scripts]).toEqual([path, `'self' 'nonce-${nonce}' 'strict-dynamic'`]);
    for (const rule of ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    const html = await response.text();
    const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>/g)].map(([, attributes]) => attributes);
    expect(inline.length).toBeGreaterThan(0);
    expect(inline.filter((attributes) => !attributes?.includes(`nonce="${nonce}"`))).toEqual([]);
    policies.add(nonce);
  }
  expect(policies.size).toBe(4);
});

test.each(["/", "/acme", "/api/role-template", "/icon.svg"])(
  "%s is sent with the headers that browsers hold to",
  async (path) => {
    const { headers } = await fetch(world.webUrl + path, { headers: { cookie: cookies.ada } });
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "strict-transport-security": expect.stringMatching(/max-age=\d{8}/),
    });
    expect(headers.get("x-powered-by")).toBeNull();
  },
);

test("a session's cookie is out of scripts' reach and of other sites' forms", async () => {
  const page = await signedIn(browser, world.webUrl, "ada");
  const session = (await page.context().cookies()).find(({ name }) => name === "branchline.session_token");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  await page.context().close();
});

test("threat 42: the environments of web and api, read from their processes: no key that opens anything of a customer", async () => {
  const { SECRETS_IDENTITY = "", AWS_SECRET_ACCESS_KEY = "" } = world.environment.worker;
  for (const app of ["web", "api"] as const) {
    const text = await readFile(`/proc/${apps.pids[app]}/environ`, "utf8");
    expect(text).toContain("DATABASE_URL=");
    expect(text).not.toContain(SECRETS_IDENTITY);
    expect(text).not.toContain(AWS_SECRET_ACCESS_KEY);
    expect(text).not.toMatch(/AGE-SECRET-KEY|\0AWS_/);
  }
});

test("threat 35: a build prints scripts, links, titles and clipboards into its log: text, in colours at the most", async () => {
  await waitForEnd(acme.ctx, hostile);
  const page = await signedIn(browser, world.webUrl, "ada");
  const { title } = await expectHarmlessLog(page, `${world.webUrl}/acme/deployments/${hostile}`);
  expect(title).toBe(`#${hostile} · acme · Branchline`);
  await page.context().close();
});

test("threats 37 and 38: a build prints a parameter as it is, in colours and in base64 twice: ***, and an alarm on its page", async () => {
  await waitForEnd(acme.ctx, hostile);
  const page = await signedIn(browser, world.webUrl, "ada");
  await page.goto(`${world.webUrl}/acme/deployments/${hostile}`);
  await expectAlarm(page);
  await page.context().close();
});

test.each([
  ["the callback of a sign-in", askCallback, askCallback],
  ["the button that begins one", askToBegin, pressSignIn],
])("who asks too often from one address is told to wait by %s, and others are not", async (name, flood, ask) => {
  const address = `203.0.113.${name.length}`;
  const limit = Number(world.environment.web.AUTH_REQUESTS_PER_10_S);
  for (let asked = 0; asked < limit; asked += 50) {
    await Promise.all(Array.from({ length: 50 }, () => flood(world.webUrl, address)));
  }
  expect(await ask(world.webUrl, address)).toBe("limited");
  expect(await ask(world.webUrl, "203.0.113.8")).toBe("answered");
});
