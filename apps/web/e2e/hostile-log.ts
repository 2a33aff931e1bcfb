import type { Ctx } from "@branchline/core/ctx";
import { setParameter } from "@branchline/core/parameters/set";
import { seal } from "@branchline/secrets";
import { cloneRepository } from "@branchline/testing/scene/clone";
import type { World } from "@branchline/testing/world";
import type { Page } from "@playwright/test";
import { expect } from "vitest";
import { hostileLines, hostileScript, lastLine } from "./hostile-output.ts";

/** The value of a parameter that the builds of billing see. */
const canary = { name: "CANARY", value: `canary-${crypto.randomUUID()}` };

/** A push that deploys the whole shop for the first time, but for billing, whose tests are hostile. @returns the commit */
export async function pushHostileTests({ github, environment }: World, ctx: Ctx): Promise<string> {
  const { id: serviceId } = await ctx.db.service.findFirstOrThrow({ where: { slug: "billing" } });
  const sealedValue = await seal(environment.web.SECRETS_RECIPIENT ?? "", canary.value);
  await setParameter(ctx, { serviceId, stage: null, name: canary.name, sealedValue, inBuildEnvironment: true });
  const clone = await cloneRepository(github, await github.token("ada"), "acme/shop");
  const manifest = { name: "billing", version: "1.0.0", private: true, scripts: { test: "node hostile.cjs" } };
  const files = { "package.json": JSON.stringify(manifest), "hostile.cjs": hostileScript(canary.name) };
  const inBilling = Object.entries(files).map(([name, text]) => [`billing/${name}`, text]);
  const sha = await clone.push("develop", Object.fromEntries(inBilling), "Tests that print");
  await clone.remove();
  return sha;
}

const planted = '[href^="javascript:" i], [href^="data:" i], [onerror], [onload], [onmouseover], iframe, object, embed';

const linesOf = (page: Page) => page.getByRole("region", { name: "Log lines" });

/** What the log's lines print is text, and changes nothing: neither on its page, nor where it is read by its own address. */
export async function expectHarmlessLog(page: Page, address: string): Promise<{ title: string }> {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText("mine"));
  // Lines that are out of sight are not in the page.
  await page.setViewportSize({ width: 1_440, height: 2_000 });
  await page.goto(address);
  await expectTextAlone(page);
  const title = await page.title();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("mine");
  await expectPlainText(page);
  expect(dialogs).toEqual([]);
  return { title };
}

/** Every line is there as the text that it is, also when it is searched, and nothing of it is more than text. */
async function expectTextAlone(page: Page): Promise<void> {
  const log = linesOf(page);
  await log.getByText(lastLine).waitFor();
  for (const [, text] of hostileLines) expect(await log.textContent()).toContain(text);
  await page.getByRole("textbox", { name: "Search in the log" }).fill("<script>");
  await log.locator("mark").first().waitFor();
  expect(await page.locator(planted).count()).toBe(0);
  expect(await log.locator("script, img, svg:not(button svg), a:not([href^='#L'])").count()).toBe(0);
  expect(await page.evaluate("window.hostile")).toBeUndefined();
}

async function expectPlainText(page: Page): Promise<void> {
  const href = await page.getByRole("link", { name: /download/i }).getAttribute("href");
  const asText = await page.goto(new URL(href ?? "", page.url()).href);
  const headers = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };
  expect(asText?.headers()).toMatchObject(headers);
  expect(await page.evaluate("window.hostile")).toBeUndefined();
}

/** The parameter's value is hidden wherever it was printed, and the page says that it was, and where. */
export async function expectAlarm(page: Page): Promise<void> {
  const log = linesOf(page);
  for (const line of ["plain", "coloured", "twice"]) await log.getByText(`${line} ***`, { exact: true }).waitFor();
  const note = page.getByRole("alert").filter({ hasText: "A secret may have been printed in this log" });
  await note.getByText(canary.name).first().waitFor();
  await note.getByRole("link", { name: /^line \d+$/ }).click();
  await log.locator("[data-selected]", { hasText: "twice ***" }).waitFor();
  const html = await page.content();
  expect(html.includes(canary.value) || html.includes(Buffer.from(canary.value).toString("base64").slice(0, 20))).toBe(
    false,
  );
}
