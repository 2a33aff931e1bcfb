import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDeployRole } from "./aws-accounts.ts";
import { runSql } from "./sql.ts";
import { startWorld, type World } from "./world.ts";

let directories: string[];
let worlds: World[];

beforeAll(async () => {
  directories = await Promise.all(["a", "b"].map((name) => mkdtemp(join(tmpdir(), `branchline-world-${name}-`))));
  worlds = await Promise.all(directories.map((directory) => startWorld({ directory })));
});
afterAll(async () => {
  await Promise.all(worlds?.map((world) => world.stop()) ?? []);
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
});

function at(index: number): World {
  const world = worlds[index];
  if (world === undefined) throw new Error(`There is no world ${index}`);
  return world;
}

/** Every process that names the directory, in its command or as where it is. */
async function processesOf(directory: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      const place = await readlink(`/proc/${pid}/cwd`).catch(() => "");
      return `${command} ${place}`.includes(directory) ? `${pid} ${command.replaceAll("\0", " ")}` : null;
    }),
  );
  return found.filter((one) => one !== null);
}

test("two worlds run side by side, each with its own ports, accounts and data", async () => {
  const ports = worlds.flatMap((world) => Object.values(world.ports));
  expect(new Set(ports).size).toBe(ports.length);
  await runSql(at(0).databaseUrl, "CREATE TABLE only_here ()");
  await expect(runSql(at(1).databaseUrl, "SELECT * FROM only_here")).rejects.toThrow("does not exist");
  await at(0).github.put("/users/ada", { name: "Ada", email: "ada@acme.example" });
  await expect(at(1).github.token("ada")).rejects.toThrow("no user ada");
});

test("the private key of parameters and the AWS identity are in the worker's environment alone", () => {
  const { web, api, worker } = at(0).environment;
  const secrets = [worker.SECRETS_IDENTITY, worker.AWS_SECRET_ACCESS_KEY];
  expect(secrets).not.toContain(undefined);
  for (const other of [web, api]) {
    for (const secret of secrets) expect(Object.values(other)).not.toContain(secret);
  }
});

test("a role of an earlier run is made anew under the same name", async () => {
  const role = { accountId: "222233334444", name: "branchline-staging", platformAccountId: "111122223333" };
  const first = await createDeployRole(at(0).aws, { ...role, externalId: "first-of-all" });
  expect(await createDeployRole(at(0).aws, { ...role, externalId: "second-of-all" })).toBe(first);
});

test("a stopped world leaves no process behind, and the other runs on", async () => {
  expect(await processesOf(at(0).directory)).not.toEqual([]);
  await at(0).stop();
  expect(await processesOf(at(0).directory)).toEqual([]);
  await runSql(at(1).databaseUrl, "SELECT 1");
});

test("a second start of a world has the data of the first", async () => {
  const again = await startWorld({ directory: at(0).directory });
  try {
    await runSql(again.databaseUrl, "SELECT * FROM only_here");
    expect(await again.github.token("ada")).not.toBe("");
    expect(again.environment.worker.SECRETS_IDENTITY).toBe(at(0).environment.worker.SECRETS_IDENTITY);
  } finally {
    await again.stop();
  }
});
