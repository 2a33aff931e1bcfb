import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";

/** The system's Chromium: Playwright's own would have to be downloaded. */
export async function openBrowser(): Promise<Browser> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const executablePath = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (executablePath === undefined) throw new Error("There is no Chromium here");
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** Signs in by the pages that people use: our button, then the local GitHub's. */
export async function signIn(page: Page, webUrl: string, login: string): Promise<void> {
  await page.goto(webUrl);
  await page.getByRole("button", { name: "Sign in with GitHub" }).click();
  await page.getByRole("button", { name: new RegExp(`^\\s*${login}\\b`) }).click();
  const consent = page.getByRole("button", { name: /^Authorize/ });
  await page.waitForURL((url) => url.origin === new URL(webUrl).origin || url.pathname === "/login/oauth/authorize");
  if (page.url().includes("/login/oauth/authorize")) await consent.click();
  await page.waitForURL((url) => url.origin === new URL(webUrl).origin);
}
