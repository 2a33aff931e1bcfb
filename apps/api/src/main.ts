import { createDb } from "@branchline/db";
import { createDoorbell } from "@branchline/queue";
import { serve } from "@hono/node-server";
import { pino } from "pino";
import { createApp } from "./app.ts";
import { readEnvironment } from "./env.ts";

const env = readEnvironment();
const log = pino({ level: env.LOG_LEVEL, base: { app: "api" } });
const db = createDb(env.DATABASE_URL, env.API_POOL_SIZE);
const doorbell = createDoorbell({
  redisUrl: env.REDIS_URL,
  onFailure: (error) => log.warn({ error: String(error) }, "a bell was not heard; the sweep rings again"),
});

const app = createApp({ db, doorbell, log, webhookSecret: env.GITHUB_WEBHOOK_SECRET, redisState: doorbell.state });
const port = env.PORT ?? (Number(new URL(env.API_URL).port) || 3001);
const server = serve({ fetch: app.fetch, port, hostname: env.HOST }, (address) => {
  log.info({ port: address.port }, "api ready");
});

/** Requests in flight get this long before their connections are cut. */
const drainMs = 10_000;

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop());

function stop(): void {
  log.info("draining");
  const cut = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), drainMs);
  server.close(() => {
    clearTimeout(cut);
    void Promise.allSettled([doorbell.close(), db.$disconnect()]).then(() => process.exit(0));
  });
}
