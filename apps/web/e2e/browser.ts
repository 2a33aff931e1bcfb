import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";

/** Debian's Chromium; without these, it asks hosts of its maker at every start. */
export function launchBrowser(): Promise<Browser> {
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet],
  });
}

/** Somebody who signed in through the pages of the local GitHub. */
export async function signedIn(browser: Browser, webUrl: string, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(webUrl);
  await page.getByRole("button", { name: "Sign in with GitHub" }).click();
  await page.getByRole("button", { name: new RegExp(`^${login}`) }).click();
  const authorize = page.getByRole("button", { name: "Authorize Branchline" });
  const atHome = (url: URL) => url.origin === webUrl && !url.pathname.startsWith("/api/");
  await Promise.race([authorize.click(), page.waitForURL(atHome)]);
  await page.waitForURL(atHome);
  return page;
}

/** The session as a header, for requests that no page makes. */
export async function cookieOf(context: BrowserContext, webUrl: string): Promise<string> {
  const cookies = await context.cookies(webUrl);
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
