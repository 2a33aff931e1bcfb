import { givenIn } from "@branchline/testing/given";
import type { Page } from "@playwright/test";
import type { Benchmark, Row } from "./benchmark.ts";
import { type Dashboard, withDashboard } from "./dashboard.ts";
import { rounded } from "./figures.ts";
import { scrollThrough } from "./log/scroll.ts";
import { needle, seedLog } from "./log/seed.ts";

const lines = 1_000_000;

/** A log of a million lines in a real browser: how soon it opens, whether it ever shows nothing, how soon it is searched. */
export const log: Benchmark = { name: "log", run: () => withDashboard(measure) };

async function measure(dashboard: Dashboard): Promise<Row[]> {
  const service = await givenIn(dashboard.ctx.db).service(dashboard.organization);
  const whole = await seedLog(dashboard, service, { lines, failureLine: null });
  const failed = await seedLog(dashboard, service, { lines, failureLine: lines - 7 });
  const address = (number: number) => `${dashboard.url}/acme/deployments/${number}`;
  const page = await dashboard.browser.newPage();
  // Once before anything is measured: a server's first answer loads its code.
  await open(page, address(whole), 1);
  const opens = await open(page, address(whole), 1);
  const failure = await open(page, address(failed), lines - 7);
  const loaded = await untilFound(page, needle.text, lines / needle.every);
  const searches = await untilFound(page, "took 96 ms", Math.floor((lines + 1) / 97));
  const { frames, blank, late, slowestMs } = await scrollThrough(page);
  return [
    { name: "opens at its first line", ms: rounded(opens) },
    { name: "opens at its failing line, 7 before the end", ms: rounded(failure) },
    { name: "all lines are there, and searched", ms: rounded(loaded) },
    { name: "searches", ms: rounded(searches) },
    { name: `scrolls, ${frames} frames`, blank, late, "slowest frame ms": rounded(slowestMs) },
  ];
}

/** @returns milliseconds until the line is to be seen */
async function open(page: Page, url: string, line: number): Promise<number> {
  await page.goto("about:blank");
  const begun = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await page.getByLabel(`Line ${line}`, { exact: true }).waitFor();
  return performance.now() - begun;
}

/** @returns milliseconds from the last key until the count is to be read */
async function untilFound(page: Page, text: string, count: number): Promise<number> {
  const search = page.getByRole("textbox", { name: "Search in the log" });
  await search.fill("");
  const begun = performance.now();
  await search.fill(text);
  await page.getByText(new RegExp(` of ${count}$`)).waitFor({ timeout: 120_000 });
  return performance.now() - begun;
}
