import { randomUUID } from "node:crypto";
import { createStatements } from "@branchline/db/statements";
import { createDoorbell } from "@branchline/queue";
import { testDatabase, testRedis } from "@branchline/testing/database";
import { startTcpProxy } from "@branchline/testing/tcp-proxy";
import { until } from "@branchline/testing/until";
import { webhookHeaders } from "@branchline/testing/webhook-headers";
import examples from "@octokit/webhooks-examples";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../app.ts";
import { listen } from "../listen.ts";

const secret = "the webhook's secret";
const push = JSON.stringify(examples.find(({ name }) => name === "push")?.examples[0]);

/** An api behind a network to Postgres that can fall silent. */
async function start() {
  const database = await testDatabase();
  const redis = await testRedis();
  const { hostname, port } = new URL(database.url);
  const network = await startTcpProxy({ host: hostname, port: Number(port) });
  const url = new URL(database.url);
  url.port = String(network.port);
  const statements = createStatements(url.href, 5);
  const doorbell = createDoorbell({ redisUrl: redis.url, onFailure: () => undefined });
  const app = createApp({ statements, doorbell, webhookSecret: secret, log: pino({ level: "silent" }) });
  const server = await listen(app, { port: 0, hostname: "127.0.0.1" });
  onTestFinished(async () => {
    await server.stop();
    await network.stop();
    await Promise.all([statements.close(), doorbell.close(), redis.close()]);
    await database.close();
  });
  const api = `http://127.0.0.1:${server.port}`;
  async function send(deliveryId: string): Promise<number> {
    const headers = webhookHeaders(push, { secret, event: "push", deliveryId });
    return (await fetch(`${api}/webhooks/github`, { method: "POST", body: push, headers })).status;
  }
  return { database, network, api, send };
}

test("a Postgres that falls silent holds no webhook back: each is refused in time, and stored when it is sent again", async () => {
  const { database, network, api, send } = await start();
  expect(await send(randomUUID())).toBe(202);
  const deliveryIds = Array.from({ length: 5 }, () => randomUUID());
  network.freeze();
  const begun = performance.now();
  const [ready, ...answers] = await Promise.all([
    fetch(`${api}/readyz`).then(({ status }) => status),
    ...deliveryIds.map(send),
  ]);
  // GitHub's own patience: an answer after it is none.
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect([ready, ...answers]).toEqual(Array(6).fill(503));
  network.restore();
  expect(await Promise.all(deliveryIds.map(send))).toEqual(Array(5).fill(202));
  const stored = await database.db.webhookDelivery.findMany({ where: { id: { in: deliveryIds } } });
  expect(stored).toHaveLength(5);
});

test("fault 13: a Postgres that is gone for a moment is waited for: each webhook is stored, once", async () => {
  const { database, network, send } = await start();
  expect(await send(randomUUID())).toBe(202);
  const deliveryIds = Array.from({ length: 5 }, () => randomUUID());
  network.cut();
  const answers = deliveryIds.map(send);
  await until("a try is refused", 30_000, async () => (network.refused() > 0 ? true : null));
  network.restore();
  expect(await Promise.all(answers)).toEqual(Array(5).fill(202));
  expect(await database.db.webhookDelivery.count({ where: { id: { in: deliveryIds } } })).toBe(5);
});
