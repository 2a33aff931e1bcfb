import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "@branchline/core/ctx";
import { createDb } from "@branchline/db";
import { startWeb } from "@branchline/testing/apps";
import type { GivenOrganization } from "@branchline/testing/given";
import { foundAcme } from "@branchline/testing/scene/organization";
import { people, signUp } from "@branchline/testing/scene/people";
import { startWorld } from "@branchline/testing/world";
import type { BrowserContext } from "@playwright/test";
import { openBrowser, signIn } from "../scripts/screens/browser.ts";

export type Dashboard = {
  /** Of acme, whose owner is signed in. */
  organization: GivenOrganization;
  ctx: Ctx;
  url: string;
  browser: BrowserContext;
  /** The owner's session, for requests that no page makes. */
  cookie: string;
};

/** The built web server over a database of its own, and somebody who is signed in, for as long as a benchmark works. */
export async function withDashboard<T>(work: (dashboard: Dashboard) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "branchline-bench-"));
  const world = await startWorld({ directory });
  const db = createDb(world.databaseUrl);
  const web = await startWeb(world);
  const browser = await openBrowser();
  try {
    const outside = { db, now: () => new Date(), doorbell: { ring: async () => undefined } };
    const ada = await signUp(db, world.github, people.ada);
    const ctx = await foundAcme(outside, ada);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await signIn(await context.newPage(), world.webUrl, people.ada.login);
    const cookies = await context.cookies(world.webUrl);
    return await work({
      organization: { ctx, slug: "acme", organizationId: ctx.organizationId, owner: ada, bells: [] },
      ctx,
      url: world.webUrl,
      browser: context,
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
    });
  } finally {
    await browser.close();
    await web.stop();
    await db.$disconnect();
    await world.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
