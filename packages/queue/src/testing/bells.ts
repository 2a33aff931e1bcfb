import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testRedis } from "@branchline/testing/database";
import { freePort } from "@branchline/testing/ports";
import { startValkey } from "@branchline/testing/valkey";
import { onTestFinished } from "vitest";
import type { Bell, JobName, QueueName } from "../catalogue.ts";
import { createDoorbell } from "../doorbell.ts";
import { type Handlers, type ServeOptions, serve } from "../serve.ts";

export type Heard = { name: JobName; payload: unknown };
export type Listen = (heard: Heard, signal: AbortSignal) => Promise<void>;

export const concurrency: Record<QueueName, number> = {
  webhooks: 2,
  deploys: 1,
  builds: 2,
  takeovers: 2,
  outbound: 2,
  chores: 2,
};

export const everyBell: Bell[] = [
  { name: "github.receive", payload: { deliveryId: "5d1b:1" } },
  { name: "github.redeliver", payload: {} },
  { name: "deployment.admit", payload: {} },
  { name: "deployment.run", payload: { deploymentId: "1" } },
  { name: "deployment.take-over", payload: { deploymentId: "1" } },
  { name: "deployment.report", payload: { deploymentId: "1" } },
  { name: "repository.scan", payload: { repositoryId: "1" } },
  { name: "repository.look", payload: { repositoryId: "1" } },
  { name: "installation.sync", payload: { installationId: "1" } },
  { name: "deploy-profile.prove", payload: { deployProfileId: "1" } },
];

export function listening(redisUrl: string, listen: Listen, options: Partial<ServeOptions> = {}) {
  const handlers = Object.fromEntries(
    everyBell.map(({ name }) => [name, (payload: unknown, signal: AbortSignal) => listen({ name, payload }, signal)]),
  ) as Handlers;
  return serving(redisUrl, handlers, options);
}

/** Until the test is over. */
export function serving(redisUrl: string, handlers: Handlers, options: Partial<ServeOptions> = {}) {
  const served = serve({
    redisUrl,
    handlers,
    concurrency,
    isPermanent: () => false,
    retryAfterMs: () => null,
    onError: () => undefined,
    onRedisError: () => undefined,
    deafAfterMs: 60_000,
    onDeaf: () => undefined,
    ...options,
  });
  onTestFinished(() => served.stop(100));
  return served;
}

export function ringing(redisUrl: string, onFailure: (error: unknown) => void = () => undefined) {
  const doorbell = createDoorbell({ redisUrl, onFailure });
  onTestFinished(() => doorbell.close());
  return doorbell;
}

export async function redis(): Promise<string> {
  const { url, close } = await testRedis();
  onTestFinished(close);
  return url;
}

/** A Valkey that the test may stop, freeze and kill. */
export async function ownValkey() {
  const directory = await mkdtemp(join(tmpdir(), "branchline-queue-"));
  const port = await freePort(0);
  const start = () => startValkey({ directory, port, logFile: join(directory, "log") });
  let running: Awaited<ReturnType<typeof start>> | undefined;
  onTestFinished(async () => {
    await running?.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    port,
    url: `redis://127.0.0.1:${port}/0`,
    async start() {
      running = await start();
    },
    async stop() {
      await running?.stop();
    },
    /** Ends without a word. */
    async crash() {
      await running?.crash();
    },
    /** Does nothing until the end of the test. */
    freeze() {
      const thaw = running?.child.freeze();
      onTestFinished(() => thaw?.());
    },
  };
}
