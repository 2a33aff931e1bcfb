import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listDueBells } from "@branchline/core/deployments/due";
import { startChild } from "@branchline/testing/child";
import { testDatabase, testRedis } from "@branchline/testing/database";
import { nodeBinary } from "@branchline/testing/paths";
import { freePort } from "@branchline/testing/ports";
import { startValkey } from "@branchline/testing/valkey";
import { webhookHeaders } from "@branchline/testing/webhook-headers";
import examples from "@octokit/webhooks-examples";
import { expect, onTestFinished, test } from "vitest";

const secret = "webhook-secret-of-the-test";

/** The api as it runs in production, in a process of its own. */
async function startApi(environment: Record<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), "branchline-api-"));
  const logFile = join(directory, "log");
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const child = await startChild({
    name: "api",
    command: nodeBinary,
    args: [join(import.meta.dirname, "main.ts")],
    environment: { API_URL: url, GITHUB_WEBHOOK_SECRET: secret, ...environment },
    logFile,
    isReady: (line) => line.includes("api ready"),
  });
  onTestFinished(() => child.stop());
  return { url, child, log: () => readFile(logFile, "utf8") };
}

test("lives, is ready while Postgres answers whatever Redis does, and ends soon after SIGTERM", async () => {
  const database = await testDatabase();
  const nobody = `redis://127.0.0.1:${await freePort(0)}`;
  const api = await startApi({ DATABASE_URL: database.url, REDIS_URL: nobody });
  const ask = async (path: string) => {
    const response = await fetch(`${api.url}${path}`);
    return { status: response.status, body: await response.json() };
  };
  expect(await ask("/healthz")).toMatchObject({ status: 200 });
  expect(await ask("/readyz")).toMatchObject({ status: 200, body: { redis: "down" } });
  expect(await ask("/nothing")).toMatchObject({ status: 404 });

  const body = JSON.stringify({ zen: "words of the body" });
  const signed = webhookHeaders(body, { secret, event: "ping", deliveryId: "1" });
  const deliver = () => fetch(`${api.url}/webhooks/github`, { method: "POST", body, headers: signed });
  expect((await deliver()).status).toBe(202);

  await database.close();
  expect(await ask("/readyz")).toMatchObject({ status: 503 });
  expect(await ask("/healthz")).toMatchObject({ status: 200 });
  expect((await deliver()).status).toBe(503);

  await api.child.stop();
  // By itself: who takes ten seconds is killed, and has no code.
  expect(await api.child.exited).toBe(0);
  const log = await api.log();
  expect(log).toContain("could not be stored");
  for (const unsaid of [secret, "words of the body"]) expect(log).not.toContain(unsaid);
});

test("says that Redis is up when it is", async () => {
  const database = await testDatabase();
  const redis = await testRedis();
  onTestFinished(database.close);
  onTestFinished(redis.close);
  const api = await startApi({ DATABASE_URL: database.url, REDIS_URL: redis.url });
  await expect
    .poll(async () => await (await fetch(`${api.url}/readyz`)).json())
    .toMatchObject({ status: "ready", redis: "up" });
  await api.child.stop();
});

async function fullRedis() {
  const directory = await mkdtemp(join(tmpdir(), "branchline-full-"));
  const place = { directory, port: await freePort(0), logFile: join(directory, "log") };
  const valkey = await startValkey({ ...place, bytesMax: 1 });
  onTestFinished(async () => {
    await valkey.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return valkey;
}

test("fault 10: while Redis is full each webhook is answered with 202, stored, and due to be rung for again", async () => {
  const database = await testDatabase();
  onTestFinished(database.close);
  const api = await startApi({ DATABASE_URL: database.url, REDIS_URL: (await fullRedis()).url });
  const body = JSON.stringify(examples.find(({ name }) => name === "push")?.examples[0]);
  const deliver = async (deliveryId: string) => {
    const headers = webhookHeaders(body, { secret, event: "push", deliveryId });
    return (await fetch(`${api.url}/webhooks/github`, { method: "POST", body, headers })).status;
  };
  const refusals = async () => (await api.log()).split("OOM command not allowed").length - 1;
  const deliveryIds = ["first", "after-a-refused-bell"];
  for (const deliveryId of deliveryIds) {
    const before = await refusals();
    expect(await deliver(deliveryId)).toBe(202);
    await expect.poll(refusals, { timeout: 10_000 }).toBeGreaterThan(before);
  }
  // Older than the grace in which the api's own bell may still be heard.
  await database.db.webhookDelivery.updateMany({ data: { receivedAt: new Date(Date.now() - 60_000) } });
  const bells = await listDueBells(database.db);
  for (const deliveryId of deliveryIds)
    expect(bells).toContainEqual({ name: "github.receive", payload: { deliveryId } });
  await api.child.stop();
});

test("does not start with an environment that is not complete, and says what is missing", async () => {
  await expect(startApi({ DATABASE_URL: "postgres://u@h/db" })).rejects.toThrow(/REDIS_URL must be set/);
});
