import { listDueBells } from "@branchline/core/deployments/due";
import { ownDatabase } from "@branchline/testing/own-database";
import { until } from "@branchline/testing/until";
import { webhookHeaders } from "@branchline/testing/webhook-headers";
import { afterAll, expect, test } from "vitest";
import { githubRedeliver } from "../jobs/github.redeliver.ts";
import { newBranch, startPushes } from "../testing/pushes.ts";

const database = await ownDatabase();
const pushes = await startPushes(database);
const { door } = pushes;
const { db } = door;
afterAll(() => door.stop());

/** GitHub tells of each new branch twice: a push and a creation. */
async function pushNew(sha: string, ...branches: string[]): Promise<string[]> {
  await door.clone.push(sha, ...branches);
  return branches;
}

/** The attempts that failed since then, once GitHub knows the answer to all that it sent. */
const failedSince = (since: Date) =>
  until("every delivery is answered", 30_000, async () => {
    const { attempts } = await door.parts.github.listFailedAttempts({ since, from: null });
    return attempts.every(({ status }) => status !== 0) ? attempts : null;
  });

/** Turn after turn, as the sweep rings for them, until all is stored. */
async function redeliverUntil(isStored: () => Promise<boolean>): Promise<void> {
  await until("what failed is redelivered", 30_000, async () => {
    if (await isStored()) return true;
    await db.chore.updateMany({ data: { dueAt: new Date(0) } });
    await githubRedeliver(door.parts);
    return null;
  });
}

/** Handles what the sweep rings for, until nothing is left. */
async function handleAll(): Promise<void> {
  await until("every delivery is handled", 60_000, async () => {
    const bells = await listDueBells(db);
    for (const bell of bells) if (bell.name === "github.receive") await pushes.receive(bell.payload.deliveryId);
    return (await db.webhookDelivery.count({ where: { settledAt: null } })) === 0 ? true : null;
  });
}

test("fault 13: while Postgres restarts each webhook is stored or refused in GitHub's time, and what was refused is redelivered: none is lost", async () => {
  const since = new Date();
  const sha = await pushes.commit(null, "restart");
  const branches: string[] = [];
  let isOver = false;
  const more = (count: number) => {
    const enough = branches.length + count;
    return until(`${count} more pushes`, 30_000, async () => (branches.length >= enough ? true : null));
  };
  async function keepPushing() {
    while (!isOver) branches.push(...(await pushNew(sha, newBranch(), newBranch())));
  }
  const stream = keepPushing();
  await more(4);
  await database.stopServer();
  await more(4);
  await database.startServer();
  await more(4);
  isOver = true;
  await stream;
  const failed = await failedSince(since);
  expect(failed.filter(({ status }) => status !== 503)).toEqual([]);
  const where = { event: { in: ["push", "create"] }, receivedAt: { gte: since } };
  const told = async () => (await db.webhookDelivery.count({ where })) / 2;
  expect(await told()).toBe(branches.length - failed.length / 2);
  await redeliverUntil(async () => (await told()) === branches.length);
  await handleAll();
  expect(await Promise.all(branches.map((branch) => pushes.deployed(branch)))).toEqual(branches.map(() => [sha]));
});

/** How long the api takes to answer, and what. */
async function knock(): Promise<{ tookMs: number; status: number; retryAfter: string | null }> {
  const body = JSON.stringify({ zen: "Knock." });
  const headers = webhookHeaders(body, { secret: door.webhookSecret, event: "ping" });
  const begun = performance.now();
  const { status, headers: answered } = await fetch(`${door.apiUrl}/webhooks/github`, {
    method: "POST",
    body,
    headers,
  });
  return { tookMs: performance.now() - begun, status, retryAfter: answered.get("retry-after") };
}

test("fault 14: while Postgres is away for long webhooks are refused at once, and GitHub is asked for them when it is back", async () => {
  const since = new Date();
  const sha = await pushes.commit(null, "away");
  const branches = Array.from({ length: 3 }, newBranch);
  await database.stopServer();
  const patient = await knock();
  await pushNew(sha, ...branches, "other/away");
  const failed = await failedSince(since);
  const hasty = await knock();
  expect([patient, hasty].map(({ status, retryAfter }) => [status, retryAfter])).toEqual(Array(2).fill([503, "10"]));
  expect(hasty.tookMs).toBeLessThan(patient.tookMs / 4);
  expect(failed.map(({ status }) => status)).toEqual(Array(8).fill(503));
  const ready = () => fetch(`${door.apiUrl}/readyz`);
  expect((await ready()).status).toBe(503);
  await database.startServer();
  await until("the api is ready", 30_000, async () => ((await ready()).ok ? true : null));
  const ids = failed.map(({ deliveryId }) => deliveryId);
  await redeliverUntil(async () => (await db.webhookDelivery.count({ where: { id: { in: ids } } })) === ids.length);
  await handleAll();
  expect(await Promise.all(branches.map((branch) => pushes.deployed(branch)))).toEqual(branches.map(() => [sha]));
  const unmapped = await db.webhookDelivery.findFirst({ where: { id: { in: ids }, branch: "other/away" } });
  expect(unmapped?.explanation).toBe("ignored: no branch deploy matches `other/away`");
});
