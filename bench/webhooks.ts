import { createHmac, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { baseEnvironment } from "@branchline/testing/base-environment";
import { type Child, startChild } from "@branchline/testing/child";
import { migrate } from "@branchline/testing/migrations";
import { nodeBinary, repositoryRoot } from "@branchline/testing/paths";
import { freePort } from "@branchline/testing/ports";
import { startPostgres } from "@branchline/testing/postgres";
import { runSql } from "@branchline/testing/sql";
import { startValkey } from "@branchline/testing/valkey";
import type { Benchmark } from "./benchmark.ts";
import { load, type Message } from "./load.ts";

const secret = "benchmark";
const seconds = 10;
const warmUpSeconds = 3;
const connections = 16;

/** Webhook in: a signed push of 7.2 KB, over 16 connections, our api against the least that such a server can do. */
export const webhooks: Benchmark = {
  name: "webhooks",
  async run() {
    const directory = await mkdtemp(join(tmpdir(), "branchline-bench-"));
    await mkdir(join(directory, "logs"));
    const place = async (name: string) => {
      return { directory: join(directory, name), port: await freePort(0), logFile: join(directory, "logs", name) };
    };
    const postgres = await startPostgres(await place("postgres"));
    const valkey = await startValkey(await place("valkey"));
    try {
      await runSql(postgres.url("postgres"), "CREATE DATABASE branchline");
      const databaseUrl = postgres.url("branchline");
      await migrate(databaseUrl);
      const shared = { directory, databaseUrl, redisUrl: valkey.url };
      return [
        await measure("plain Hono and pg: signature, insert", await startPlain(shared)),
        await measure("our api: signature, schema, insert once, ring", await startApi(shared)),
      ];
    } finally {
      await Promise.all([postgres.stop(), valkey.stop()]);
      await rm(directory, { recursive: true, force: true });
    }
  },
};

type Shared = { directory: string; databaseUrl: string; redisUrl: string };
type Server = { child: Child; url: string };

async function measure(name: string, { child, url }: Server) {
  try {
    await load({ url, connections, seconds: warmUpSeconds, message });
    const measured = await load({ url, connections, seconds, message });
    return {
      name,
      "requests / s": Math.round(measured.perSecond),
      "p50 ms": Number(measured.p50Ms.toFixed(1)),
      "p99 ms": Number(measured.p99Ms.toFixed(1)),
      refused: measured.refused,
    };
  } finally {
    await child.stop();
  }
}

async function startPlain({ directory, databaseUrl }: Shared): Promise<Server> {
  const port = await freePort(0);
  const child = await startChild({
    name: "The plain server",
    command: nodeBinary,
    args: ["--no-warnings", join(repositoryRoot, "bench/webhook-server.ts")],
    environment: { ...baseEnvironment(), DATABASE_URL: databaseUrl, WEBHOOK_SECRET: secret, PORT: String(port) },
    logFile: join(directory, "logs/plain"),
    isReady: (line) => line === "ready",
  });
  return { child, url: `http://127.0.0.1:${port}/webhooks/github` };
}

async function startApi({ directory, databaseUrl, redisUrl }: Shared): Promise<Server> {
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const own = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, API_URL: url, GITHUB_WEBHOOK_SECRET: secret };
  const child = await startChild({
    name: "The api",
    command: nodeBinary,
    args: ["--no-warnings", join(repositoryRoot, "apps/api/src/main.ts")],
    environment: { ...baseEnvironment(), ...own, NODE_ENV: "production" },
    logFile: join(directory, "logs/api"),
    isReady: (line) => line.includes('"api ready"'),
  });
  return { child, url: `${url}/webhooks/github` };
}

/** A push as GitHub sends it, of about 7.2 KB, another one every time. */
function message(): Message {
  const after = randomUUID().replaceAll("-", "").padEnd(40, "0");
  const body = Buffer.from(JSON.stringify({ ...push, after, head_commit: { ...push.head_commit, id: after } }));
  return {
    body,
    headers: {
      "content-type": "application/json",
      "content-length": String(body.length),
      "x-github-event": "push",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  };
}

const person = { login: "ada", id: 7, avatar_url: null };
const commit = {
  id: "0".repeat(40),
  message: "Round totals half up, as the tax office does. ".repeat(8),
  timestamp: "2026-11-24T10:00:00Z",
  author: { name: "Ada Lovelace", email: "ada@example.com", username: "ada" },
  added: [],
  removed: [],
  modified: ["orders/src/totals.js", "orders/src/handler.js"],
};
const push = {
  ref: "refs/heads/develop",
  before: "1".repeat(40),
  after: "2".repeat(40),
  created: false,
  deleted: false,
  forced: false,
  repository: { id: 42, full_name: "acme/shop", private: true, default_branch: "main" },
  installation: { id: 9 },
  sender: person,
  head_commit: commit,
  commits: Array.from({ length: 10 }, () => commit),
};
