import { createStatements } from "@branchline/db/statements";
import { maskedOutput } from "@branchline/logs";
import { createDoorbell } from "@branchline/queue";
import { pino } from "pino";
import { createApp } from "./app.ts";
import { readEnvironment, variables } from "./env.ts";
import { listen } from "./listen.ts";

const env = readEnvironment();
const log = pino({ level: env.LOG_LEVEL, base: { app: "api" } }, maskedOutput(variables));
const statements = createStatements(env.DATABASE_URL, env.API_POOL_SIZE);
const doorbell = createDoorbell({
  redisUrl: env.REDIS_URL,
  onFailure: (error) => log.warn({ error: String(error) }, "a bell was not heard; the sweep rings again"),
});

const app = createApp({ statements, doorbell, log, webhookSecret: env.GITHUB_WEBHOOK_SECRET });
const port = env.PORT ?? (Number(new URL(env.API_URL).port) || 3001);
const server = await listen(app, { port, hostname: env.HOST });
log.info({ port: server.port }, "api ready");

/** An orchestrator kills after a while; this process ends before it does. */
const stopMsMax = 14_000;

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  log.info("draining");
  setTimeout(() => process.exit(1), stopMsMax).unref();
  await server.stop();
  await Promise.allSettled([doorbell.close(), statements.close()]);
  process.exit(0);
}
