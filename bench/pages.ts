/// <reference lib="dom" />
import type { Benchmark, Row } from "./benchmark.ts";
import { type Dashboard, withDashboard } from "./dashboard.ts";
import { quantile, rounded } from "./figures.ts";
import { seedYears, size } from "./pages/seed.ts";

const warmUps = 5;
const asks = 40;

/** How long the server takes for each page, to its last byte, with 100,000 deployments stored; and how soon it is painted. */
export const pages: Benchmark = { name: "pages", run: () => withDashboard(measure) };

async function measure(dashboard: Dashboard): Promise<Row[]> {
  const { service, failed } = await seedYears(dashboard);
  const ofService = `/apps/${service.app}/services/${service.service}`;
  const paths = [
    "",
    "/deployments",
    `/deployments?before=${size.deployments / 2}`,
    `/deployments?service=${service.service}&stage=prod&status=failed`,
    "/deployments?person=gro",
    "/deployments?person=nobody",
    "/deployments?branch=nothing",
    `/deployments/${size.deployments}`,
    `/deployments/${failed}`,
    `/apps/${service.app}`,
    ofService,
    `${ofService}/ci-cd`,
    "/profiles",
    `/profiles/${service.profile.slug}`,
    "/settings/members",
    "/settings/github",
    "/settings/deliveries",
    "/settings/audit",
  ];
  const rows: Row[] = [];
  for (const path of paths) rows.push(await measurePage(dashboard, path));
  return rows;
}

async function measurePage({ url, cookie, browser }: Dashboard, path: string): Promise<Row> {
  const address = `${url}/acme${path}`;
  for (let ask = 0; ask < warmUps; ask += 1) await answerMs(address, cookie);
  const times: number[] = [];
  for (let ask = 0; ask < asks; ask += 1) times.push(await answerMs(address, cookie));
  const page = await browser.newPage();
  await page.goto(address, { waitUntil: "load" });
  const paintMs = await page.evaluate(largestPaint);
  await page.close();
  return {
    name: path === "" ? "/" : path,
    "p50 ms": rounded(quantile(times, 0.5)),
    "p95 ms": rounded(quantile(times, 0.95)),
    "largest paint ms": rounded(paintMs),
  };
}

async function answerMs(address: string, cookie: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(address, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
  return performance.now() - begun;
}

/** Since the navigation began. */
function largestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
  });
}
