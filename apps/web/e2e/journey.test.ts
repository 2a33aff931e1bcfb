import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Apps, startApps } from "@branchline/testing/apps";
import { accounts, createDeployRole } from "@branchline/testing/aws-accounts";
import { askEndpoint } from "@branchline/testing/scene/endpoint";
import { people } from "@branchline/testing/scene/people";
import { mergeNewMessage, seedRepository } from "@branchline/testing/scene/shop";
import { startWorld, type World } from "@branchline/testing/world";
import { loadSecrets } from "@branchline/testing/world-secrets";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, signedIn } from "./browser.ts";
import { scriptBytesOf } from "./script-bytes.ts";

const looksLikeToken = /gh[opusr]_\w{20,}|PRIVATE KEY|AGE-SECRET-KEY-1\w+|\beyJ[\w-]{20,}\.[\w-]{20,}/g;

let directory: string;
let world: World;
let apps: Apps;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "journey-"));
  world = await startWorld({ directory });
  apps = await startApps(world);
  for (const { login, name, email } of Object.values(people))
    await world.github.put(`/users/${login}`, { name, email });
  await seedRepository(world.github);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await apps?.stop();
  await world?.stop();
  await rm(directory, { recursive: true, force: true });
});

test("a person signs in, and creates an organization", async () => {
  page = await signedIn(browser, world.webUrl, "ada");
  await page.goto(`${world.webUrl}/new`);
  await page.getByLabel("Name").fill("Acme");
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.waitForURL(/\/acme$/);
});

test("connects GitHub, and sees the services of the repository", async () => {
  await page.goto(`${world.webUrl}/acme/settings/github`);
  await page.getByRole("button", { name: "Connect GitHub" }).click();
  await page.waitForURL((url) => url.origin === world.github.url);
  const account = page.getByRole("link", { name: /acme/i }).or(page.getByRole("button", { name: /^Install/ }));
  await account.first().waitFor();
  if ((await page.getByRole("button", { name: /^Install/ }).count()) === 0) await account.first().click();
  await page
    .getByRole("button", { name: /^Install/ })
    .first()
    .click();
  await page.waitForURL((url) => url.origin === world.webUrl);
  for (const service of ["orders", "billing", "reports"]) await page.getByRole("link", { name: service }).waitFor();
});

test("makes a deploy profile, and forgets to test its role", async () => {
  await page.goto(`${world.webUrl}/acme/profiles/new`);
  await page.getByLabel("Name").fill("staging");
  await page.getByRole("button", { name: "Add deploy profile" }).click();
  await page.waitForURL(/profiles\/staging/);
  const externalId = await page
    .locator("code", { hasText: /^branchline-[0-9a-f-]{36}$/ })
    .first()
    .textContent();
  const role = { accountId: accounts.staging, name: "branchline-staging", platformAccountId: accounts.platform };
  const roleArn = await createDeployRole(world.aws, { ...role, externalId: externalId ?? "" });
  await page.getByLabel("Role ARN").fill(roleArn);
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByText("Never tested. Deployments with this profile wait until a test passes.").waitFor();
});

test("enables CI/CD: a merge into develop deploys staging", async () => {
  await page.goto(`${world.webUrl}/acme/apps/shop/services/orders/ci-cd`);
  await page.getByLabel("Branch", { exact: true }).fill("develop");
  await page.getByRole("combobox", { name: "Stage", exact: true }).fill("staging");
  await page.getByRole("combobox", { name: "Profile" }).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Save and enable CI/CD" }).click();
  await page.getByText(/Saved\. The next merge/).waitFor();
});

/** The value of a parameter that nobody may ever see again. */
const canary = `canary-${crypto.randomUUID()}`;

test("sets a parameter, which is sealed", async () => {
  await page.goto(`${world.webUrl}/acme/apps/shop/services/orders`);
  await page.getByLabel("Name").fill("CANARY");
  const warning = page.getByText("Logs show it: values of fewer than 6 characters are not hidden.");
  await page.getByLabel("Value").fill(canary.slice(0, 5));
  await warning.waitFor();
  await page.getByLabel("Value").fill(canary);
  await warning.waitFor({ state: "detached" });
  await page.getByLabel(/Also an environment variable/).check();
  await page.getByRole("button", { name: "Set parameter" }).click();
  await page.getByText("Sealed.").waitFor();
});

const message = `Orders are open since ${Date.now()}`;
let sha: string;

test("merges, sees that the deployment waits for the profile, and finds the way to test its role", async () => {
  await page.goto(`${world.webUrl}/acme/deployments`);
  ({ sha } = await mergeNewMessage(world.github, message, "develop"));
  const link = page.getByRole("link", { name: /#1\b/ }).first();
  await link.click();
  await page.waitForURL(/deployments\/1/);
  await page.getByText("Waits until the deploy profile staging is proven.").waitFor();
  await page.getByText("No test of its role with its region has ended well.").waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("link", { name: "Open profile staging" }).click();
  await page.getByText("1 deployment waits, and starts when a test passes.").waitFor();
  await page.getByRole("button", { name: "Test this role" }).click();
  await page.getByText(/Deployments may use it/).waitFor();
});

test("watches how it deploys then, and the endpoint answers with what was merged", async () => {
  await page.goto(`${world.webUrl}/acme/deployments/1`);
  await page.getByText("deployed", { exact: true }).first().waitFor({ timeout: 240_000 });
  await page.reload();
  await page
    .getByText(/Check out acme\/shop/)
    .first()
    .waitFor();
  const href = await page.getByRole("link", { name: /download/i }).getAttribute("href");
  const log = await page.request.get(`${world.webUrl}${href}`);
  expect(await log.text()).toMatch(/Check out acme\/shop[\s\S]*Deployed orders to staging/);
  const endpoint = await page
    .getByText(/^https:\/\/\w+\.execute-api\.\S+\/orders$/)
    .first()
    .textContent();
  const answer = await askEndpoint(world.aws, endpoint ?? "", accounts.staging);
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining(message) });

  await page.goto(`${world.github.url}/acme/shop/commit/${sha}`);
  await page
    .getByText(/Branchline: shop\/orders → staging/)
    .first()
    .waitFor();
  await page.getByText("success").first().waitFor();
  expect(await page.locator(`a[href="${world.webUrl}/acme/deployments/1"]`).count()).toBeGreaterThan(0);
});

const screens = [
  "",
  "/deployments",
  "/deployments/1",
  "/apps/shop/services/orders",
  "/apps/shop/services/orders/ci-cd",
  "/profiles/staging",
  "/settings/members",
  "/settings/deliveries",
];

test.each(["light", "dark"] as const)("axe finds nothing on the main screens in %s", async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  for (const screen of screens) {
    await page.goto(`${world.webUrl}/acme${screen}`);
    // Until it stands, the page may still show the rows of its loading state.
    await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [screen, id, nodes.map((node) => node.html)])).toEqual([]);
  }
});

/** Compressed, as they cross the wire. */
const scriptBytesMax = 250_000;

test.each(screens)("the page %s of an organization needs no more than 250 kB of script", async (screen) => {
  const bytes = await scriptBytesOf(page, `${world.webUrl}/acme${screen}`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(scriptBytesMax);
});

const isFocused = (element: Element) => element === document.activeElement;

test("a menu of the header opens with the click that loads it, by key as well, and gives the focus back", async () => {
  await page.goto(`${world.webUrl}/acme`, { waitUntil: "load" });
  const menus = [
    { button: /^Organization Acme/, item: "New organization" },
    { button: /, menu$/, item: "Sign out" },
  ];
  for (const { button: name, item: itemName } of menus) {
    const button = page.getByRole("banner").getByRole("button", { name });
    const item = page.getByRole("menuitem", { name: itemName });
    const before = await button.boundingBox();
    await button.click();
    await item.waitFor();
    expect(await button.boundingBox()).toEqual(before);
    // Until it has faded in: half of it would be too faint for anybody.
    await expect.poll(() => page.getByRole("menu").evaluate((menu) => getComputedStyle(menu).opacity)).toBe("1");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press("Escape");
    await item.waitFor({ state: "hidden" });
    await expect.poll(() => button.evaluate(isFocused)).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("menuitem").first().evaluate(isFocused)).toBe(true);
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => item.evaluate(isFocused)).toBe(true);
    await page.keyboard.press("Escape");
    await item.waitFor({ state: "hidden" });
  }
});

/** Opens a page that hears keys: before its script runs, they are lost. */
async function openToKeys(path: string): Promise<void> {
  await page.goto(`${world.webUrl}${path}`);
  await page.locator("[aria-keyshortcuts]").waitFor();
}

test("? shows the keys, each time that it is pressed", async () => {
  await openToKeys("/acme");
  const dialog = page.getByRole("dialog", { name: "Keyboard" });
  for (const _ of ["first", "second"]) {
    await page.keyboard.press("Shift+?");
    await dialog.getByText("Next failure").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  }
});

test("somebody who is invited finds the invitation on the first page, joins, and leaves again", async () => {
  await page.goto(`${world.webUrl}/acme/settings/members`);
  await page.getByLabel("E-mail address").fill(people.bo.email);
  await page.getByRole("button", { name: "Create invitation" }).click();
  await page.getByText(`Send this link to ${people.bo.email}`).waitFor();
  const eve = await signedIn(browser, world.webUrl, "eve");
  expect(new URL(eve.url()).pathname).toBe("/new");
  await eve.context().close();
  const bo = await signedIn(browser, world.webUrl, "bo");
  await bo.getByRole("heading", { name: "You are invited" }).waitFor();
  expect((await new AxeBuilder({ page: bo }).analyze()).violations).toEqual([]);
  await bo.getByRole("button", { name: "Accept invitation to Acme" }).click();
  await bo.waitForURL(/\/acme$/);
  await bo.goto(`${world.webUrl}/acme/settings/members`);
  await bo.getByRole("button", { name: "Leave organization" }).click();
  await bo.getByRole("dialog").getByRole("button", { name: "Leave organization" }).click();
  await bo.waitForURL(/\/new$/);
  await bo.context().close();
});

test("⌘K goes anywhere by a few letters", async () => {
  await openToKeys("/acme");
  await page.keyboard.press("ControlOrMeta+k");
  const search = page.getByRole("dialog", { name: "Go to" }).getByRole("textbox");
  await search.fill("bill");
  await search.press("Enter");
  await page.waitForURL(/services\/billing/);
});

test("threat 53: tokens, keys and a parameter on their way through our services: none of them in any service's log", async () => {
  const names = await readdir(world.logsDirectory);
  expect(names).toEqual(expect.arrayContaining(["api.log", "web.log", "worker.log"]));
  const texts = await Promise.all(names.map((name) => readFile(join(world.logsDirectory, name), "utf8")));
  const secrets = await loadSecrets(directory);
  const hidden = [canary, secrets.authSecret, secrets.clientSecret, secrets.webhookSecret, secrets.identity];
  for (const [place, text] of texts.entries()) {
    const found = [...hidden.filter((secret) => text.includes(secret)), ...(text.match(looksLikeToken) ?? [])];
    expect([names[place], found]).toEqual([names[place], []]);
  }
});
