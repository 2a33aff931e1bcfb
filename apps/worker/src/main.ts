import { setMaxListeners } from "node:events";
import { mkdir } from "node:fs/promises";
import { createAws } from "@branchline/aws";
import { Refusal } from "@branchline/core/errors";
import { createDb } from "@branchline/db";
import { createGithub, GithubUnavailable } from "@branchline/github";
import { createTail, maskedOutput } from "@branchline/logs";
import { createDoorbell, serve } from "@branchline/queue";
import { type Machine, prepareMachine, prepareToolchain, removeLeftWorkspaces } from "@branchline/runner";
import { pino } from "pino";
import { buildsDirectory, type Environment, machineOptions, readEnvironment, variables } from "./env.ts";
import { handlersOf } from "./handlers.ts";
import type { Parts } from "./parts.ts";
import { createSeenHeads } from "./receive/seen-heads.ts";
import { createRedisTrouble } from "./redis-trouble.ts";
import { startPacemaker } from "./run/pacemaker.ts";
import { startSweep, sweep } from "./sweep.ts";

const connections = 10;
/** Longer than any query of ours: what is not answered by then never will be, since the network is cut. */
const queryTimeoutMs = 20_000;

/** What it takes to end builds and to write down that others may have them. */
const handOverMs = 4_000;

const env = readEnvironment();
const log = pino({ level: env.LOG_LEVEL, base: { app: "worker" } }, maskedOutput(variables));

const { machine, missing } = await prepareMachine(machineOptions(env));
if (machine === null || (missing.length > 0 && !env.WORKER_ALLOW_WEAK_SANDBOX)) {
  log.fatal({ missing }, "this machine can't give the sandbox all that builds need, so the worker does not start");
  process.exit(1);
}
if (missing.length > 0) log.warn({ missing }, "the sandbox of builds is weak, as WORKER_ALLOW_WEAK_SANDBOX allows");

const redisTrouble = createRedisTrouble(log);
let isStopping = false;
let sweeping: ReturnType<typeof startSweep> | undefined;
const ending = new AbortController();
setMaxListeners(0, ending.signal);
await mkdir(env.WORKER_DIR, { recursive: true });
const parts: Parts = await construct(env, machine);
await removeLeftWorkspaces(buildsDirectory(env));
const served = serve({
  redisUrl: env.REDIS_URL,
  handlers: handlersOf(parts),
  concurrency: {
    webhooks: 8,
    deploys: 1,
    builds: env.WORKER_CONCURRENCY,
    // Beside the builds, for as long as another worker is missing: it may have gone on with a third one's itself.
    takeovers: 2 * env.WORKER_CONCURRENCY,
    outbound: 4,
    chores: 2,
  },
  isPermanent: (error) => error instanceof Refusal,
  retryAfterMs: (error) => (error instanceof GithubUnavailable ? error.retryAfterMs : null),
  onError: (error, job) => log.warn({ job, error: String(error) }, "a job failed"),
  onRedisError: redisTrouble.met,
  deafAfterMs: env.WORKER_DEAF_LIMIT_MS,
  onDeaf(queue) {
    log.fatal({ queue }, "this worker hears no jobs any more, so it ends itself");
    void stop(1);
  },
});
await served.ready;
sweeping = startSweep(parts, served);
log.info("worker ready");

let signals = 0;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    signals += 1;
    if (signals === 1) return void stop(0);
    // A second signal means now, and a third one this very moment.
    if (signals > 2) process.exit(1);
    ending.abort();
    setTimeout(() => process.exit(1), handOverMs);
  });
}

async function construct(env: Environment, machine: Machine): Promise<Parts> {
  return {
    env,
    log,
    machine,
    limits: { perOrganization: env.RUNNING_PER_ORGANIZATION, inAll: env.RUNNING_IN_ALL },
    db: createDb(env.DATABASE_URL, connections, queryTimeoutMs),
    ending: ending.signal,
    pacemaker: startPacemaker({ databaseUrl: env.DATABASE_URL, hangLimitMs: env.WORKER_HANG_LIMIT_MS }, log),
    doorbell: createDoorbell({ redisUrl: env.REDIS_URL, onFailure: redisTrouble.met }),
    github: createGithub({
      url: env.GITHUB_URL,
      apiUrl: env.GITHUB_API_URL,
      appId: env.GITHUB_APP_ID,
      slug: env.GITHUB_APP_SLUG,
      privateKey: env.GITHUB_APP_PRIVATE_KEY,
      clientId: env.GITHUB_CLIENT_ID,
      clientSecret: env.GITHUB_CLIENT_SECRET,
    }),
    seenHeads: createSeenHeads(),
    aws: createAws({ region: env.AWS_REGION }),
    tail: createTail(env.REDIS_URL),
    toolchain: await prepareToolchain({
      directory: env.WORKER_TOOLCHAIN_DIR ?? `${env.WORKER_DIR}/toolchain`,
      authorities: [env.NODE_EXTRA_CA_CERTS, env.WORKER_EXTRA_CA].filter((file) => file !== undefined),
    }),
    now: () => new Date(),
  };
}

/** Takes nothing more, waits for what runs, and hands over what takes longer than it may. */
async function stop(exitCode: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info("draining");
  sweeping?.stop();
  const drained = setTimeout(() => ending.abort(), env.WORKER_DRAIN_MS);
  await served.stop(env.WORKER_DRAIN_MS + handOverMs);
  clearTimeout(drained);
  // What is left others do as well, and a Postgres that is away may never answer it.
  setTimeout(() => process.exit(exitCode), handOverMs);
  // Rings for what was handed over, which waits for no other worker's sweep then.
  await sweep(parts);
  await parts.pacemaker.stop();
  await parts.tail.close();
  await parts.db.$disconnect();
  process.exit(exitCode);
}
