import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Apps, startApps } from "@branchline/testing/apps";
import { repositoryRoot } from "@branchline/testing/paths";
import { demoPorts, startWorld, type World } from "@branchline/testing/world";
import { sayStep, step } from "./steps.ts";

export type Running = { world: World; apps: Apps; stop(): Promise<void> };

const directory = join(repositoryRoot, ".branchline/demo");
const descriptionFile = join(repositoryRoot, ".branchline/demo.json");

/** World and apps on the demo's ports, and `.branchline/demo.json`, which tells others where they are. */
export async function startRunning(options: { fresh: boolean; isDev: boolean }): Promise<Running> {
  if (options.fresh) await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const world = await step("All servers", () => startWorld({ directory, ports: demoPorts, onStep: sayStep }));
  try {
    const onStep = (name: string, milliseconds: number) => {
      sayStep(name === "Web" ? `Dashboard at ${world.webUrl}` : name, milliseconds);
    };
    const apps = await step("All apps", () => startApps(world, { isDev: options.isDev, onStep }));
    await writeDescription(world, apps);
    return { world, apps, stop: () => stop(world, apps) };
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** The apps first: they would complain about a database that is gone. */
async function stop(world: World, apps: Apps): Promise<void> {
  await rm(descriptionFile, { force: true });
  await apps.stop();
  await world.stop();
}

async function writeDescription(world: World, apps: Apps): Promise<void> {
  const description = {
    web: world.webUrl,
    api: world.apiUrl,
    github: world.github.url,
    aws: world.aws.endpoint,
    awsCa: relative(repositoryRoot, world.aws.ca),
    databaseUrl: world.databaseUrl,
    redisUrl: world.redisUrl,
    organization: "acme",
    users: [
      { login: "ada", role: "owner" },
      { login: "bo", role: "developer" },
    ],
    pids: apps.pids,
  };
  await writeFile(descriptionFile, `${JSON.stringify(description, null, 2)}\n`);
}
