import { setUpAcme } from "@branchline/testing/scene/acme";
import { mergeNewMessage } from "@branchline/testing/scene/shop";
import { findDeploymentOf } from "@branchline/testing/scene/watch";
import { judgeFirstMerge } from "./first-merge.ts";
import { guide } from "./guide.ts";
import type { DemoOptions } from "./options.ts";
import { type Running, startRunning } from "./running.ts";
import { step } from "./steps.ts";

/**
 * The whole demo.
 * @param stopAsked aborts when somebody wants it to end
 * @returns the exit code
 */
export async function runDemo(options: DemoOptions & { isDev: boolean }, stopAsked: AbortSignal): Promise<number> {
  const running = await startRunning(options);
  const { apps, world } = running;
  try {
    const end = await Promise.race([present(running, options, stopAsked), whenAsked(stopAsked), apps.fell]);
    if (typeof end === "number") return end;
    console.error(`\n${end} ended by itself; its log is ${world.logsDirectory}/${end}.log`);
    return 1;
  } finally {
    await running.stop();
  }
}

async function present({ world }: Running, { once }: DemoOptions, stopAsked: AbortSignal): Promise<number> {
  const acme = await step("Organization acme, its roles and services", () => setUpAcme(world));
  try {
    const message = `Orders are open since ${new Date().toISOString().slice(11, 19)}`;
    const merge = await step("Merge into develop", () => mergeNewMessage(world.github, message, "develop"));
    if (once) return (await judgeFirstMerge(world, acme, merge)) ? 0 : 1;
    const deployment = await findDeploymentOf(acme.ctx, merge.sha);
    console.log(guide(world, deployment.number));
  } finally {
    await acme.close();
  }
  return await whenAsked(stopAsked);
}

function whenAsked(stopAsked: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    if (stopAsked.aborted) resolve(0);
    stopAsked.addEventListener("abort", () => resolve(0), { once: true });
  });
}
