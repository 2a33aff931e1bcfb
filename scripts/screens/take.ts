import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext } from "@playwright/test";
import { signIn } from "./browser.ts";
import type { Screen } from "./screens.ts";

export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Look = { size: keyof typeof sizes; scheme: "light" | "dark" };

/** Takes each screen in one size and scheme, signed in as Ada, into `<directory>/<screen>-<size>-<scheme>.png`. */
export async function takeScreens(
  browser: Browser,
  webUrl: string,
  screens: Screen[],
  { look, directory, fileName }: { look: Look; directory: string; fileName(screen: Screen, look: Look): string },
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const context = await browser.newContext({
    viewport: sizes[look.size],
    colorScheme: look.scheme,
    reducedMotion: "reduce",
  });
  try {
    for (const screen of screens.filter((one) => one.isPublic)) await take(context, screen);
    await signIn(await context.newPage(), webUrl, "ada");
    for (const screen of screens.filter((one) => !one.isPublic)) await take(context, screen);
  } finally {
    await context.close();
  }

  async function take(from: BrowserContext, screen: Screen): Promise<void> {
    const page = await from.newPage();
    const answer = await page.goto(`${webUrl}${screen.path}`, { waitUntil: "load" });
    if (answer === null || answer.status() >= 400) throw new Error(`${screen.path} answered ${answer?.status()}`);
    // Until it stands, the page may still show the rows of its loading state.
    await page.getByRole("heading", { level: 1 }).waitFor();
    if (screen.shows !== undefined) await page.getByText(screen.shows).first().waitFor();
    await page.waitForFunction("document.fonts.status === 'loaded'");
    await page.screenshot({ path: join(directory, fileName(screen, look)) });
    await page.close();
  }
}
