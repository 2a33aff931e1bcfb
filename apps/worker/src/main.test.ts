import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { baseEnvironment } from "@branchline/testing/base-environment";
import { testDatabase, testRedis } from "@branchline/testing/database";
import { nodeBinary, toolchainDirectory } from "@branchline/testing/paths";
import { startTcpProxy } from "@branchline/testing/tcp-proxy";
import { until } from "@branchline/testing/until";
import { expect, onTestFinished, test } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** Enough to come as far as the sandbox. */
const environment = {
  PATH: process.env.PATH,
  DATABASE_URL: "postgres://nowhere.invalid/branchline",
  REDIS_URL: "redis://nowhere.invalid",
  WEB_URL: "http://localhost:3000",
  GITHUB_APP_ID: "1",
  GITHUB_APP_SLUG: "branchline",
  GITHUB_APP_PRIVATE_KEY: "-----BEGIN PRIVATE KEY-----",
  GITHUB_CLIENT_ID: "id",
  GITHUB_CLIENT_SECRET: "secret",
  SECRETS_IDENTITY: "AGE-SECRET-KEY-1",
  WORKER_DIR: "/nonexistent",
};

test.runIf(process.getuid?.() === 0)(
  "a worker does not start where a part of the sandbox is missing, and names it",
  async () => {
    const WORKER_BUILD_USERS = "4294967295-4294967295";
    const worker = spawn(process.execPath, [main], { env: { ...environment, WORKER_BUILD_USERS } });
    const [said, [code]] = await Promise.all([text(worker.stdout), once(worker, "close")]);
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      msg: expect.stringContaining("the worker does not start"),
      missing: [expect.stringMatching(/^builds can't run as a user of their own/)],
    });
  },
);

/** A worker that speaks with Postgres and Redis through proxies, and what it logged. */
async function startWorker(more: Record<string, string>) {
  const [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  const directory = await mkdtemp(join(tmpdir(), "worker-"));
  const through = async (url: string) => {
    const address = new URL(url);
    const network = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
    return { network, url: Object.assign(address, { port: network.port }).href };
  };
  const [toPostgres, toRedis] = await Promise.all([through(database.url), through(redis.url)]);
  const worker = spawn(nodeBinary, [main], {
    env: {
      ...baseEnvironment(),
      ...environment,
      PATH: baseEnvironment().PATH,
      DATABASE_URL: toPostgres.url,
      REDIS_URL: toRedis.url,
      WORKER_DIR: directory,
      WORKER_TOOLCHAIN_DIR: toolchainDirectory,
      WORKER_ALLOW_WEAK_SANDBOX: "true",
      ...more,
    },
  });
  onTestFinished(async () => {
    worker.kill("SIGKILL");
    await Promise.all([toPostgres.network.stop(), toRedis.network.stop()]);
    await Promise.all([database.close(), redis.close(), rm(directory, { recursive: true, force: true })]);
  });
  const said: Record<string, unknown>[] = [];
  const ready = Promise.withResolvers<void>();
  createInterface({ input: worker.stdout }).on("line", (line) => {
    said.push(JSON.parse(line));
    if (line.includes("worker ready")) ready.resolve();
  });
  const closed = once(worker, "close");
  await ready.promise;
  return { worker, closed, said, db: database.db, postgres: toPostgres.network, redis: toRedis.network };
}

test("a worker that Redis answers, and that hears no jobs all the same, says so, drains and ends as one that failed", async () => {
  const { closed, said, redis } = await startWorker({ WORKER_DEAF_LIMIT_MS: "5000" });
  redis.silence();
  expect(await closed).toEqual([1, null]);
  const fatal = said.findIndex(({ level }) => level === 60);
  expect(said[fatal]).toMatchObject({
    queue: expect.any(String),
    msg: expect.stringContaining("hears no jobs any more"),
  });
  expect(said[fatal + 1]).toMatchObject({ msg: "draining" });
});

test("fault 4: a worker that is to end while Postgres answers nothing ends in its time", async () => {
  const { worker, closed, db, postgres } = await startWorker({ WORKER_DRAIN_MS: "1000" });
  // With connections that it keeps, and is answered nothing on.
  await until("it has swept", 30_000, () => db.chore.findFirst());
  postgres.freeze();
  const askedAt = performance.now();
  worker.kill("SIGTERM");
  expect(await closed).toEqual([0, null]);
  // Whoever kills it is told to wait for its drain time and ten seconds.
  expect(performance.now() - askedAt).toBeLessThan(11_000);
});
