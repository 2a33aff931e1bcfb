import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApi } from "@branchline/testing/apps";
import { baseEnvironment } from "@branchline/testing/base-environment";
import { type Child, startChild } from "@branchline/testing/child";
import { migrate } from "@branchline/testing/migrations";
import { nodeBinary, repositoryRoot } from "@branchline/testing/paths";
import { freePort } from "@branchline/testing/ports";
import { startPostgres } from "@branchline/testing/postgres";
import { runSql } from "@branchline/testing/sql";
import { startValkey } from "@branchline/testing/valkey";
import type { Benchmark } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";
import { load, type Measured } from "./load.ts";
import { pushMessage, webhookSecret } from "./webhook-message.ts";

const rounds = 5;
const roundSeconds = 4;
const warmUpSeconds = 3;
const connections = 32;

/** Webhook in: a signed push of 7.2 KB, over 32 connections, our api and the least that such a server can do in turns. */
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
    const children: Child[] = [];
    const start = async (name: Name, serverOf: typeof ourServer) => {
      await runSql(postgres.url("postgres"), `CREATE DATABASE ${name}`);
      await migrate(postgres.url(name));
      const server = await serverOf(directory, postgres.url(name), valkey.url);
      children.push(server.child);
      return server;
    };
    try {
      const servers = { plain: await start("plain", plainServer), ours: await start("ours", ourServer) };
      return await compare(servers);
    } finally {
      await Promise.all(children.map((child) => child.stop()));
      await Promise.all([postgres.stop(), valkey.stop()]);
      await rm(directory, { recursive: true, force: true });
    }
  },
};

type Server = { child: Child; url: string };
type Name = "plain" | "ours";
type Round = Measured & { ofPlain: number };

/** What slows this machine down for a while slows both down: a round is one of each, and the ratio is the rounds' median. */
async function compare(servers: Record<Name, Server>) {
  const measured: Record<Name, Round[]> = { plain: [], ours: [] };
  const one = (name: Name, seconds: number) =>
    load({ url: servers[name].url, connections, seconds, message: pushMessage });
  await one("plain", warmUpSeconds);
  await one("ours", warmUpSeconds);
  for (let round = 0; round < rounds; round += 1) {
    const plain = await one("plain", roundSeconds);
    const ours = await one("ours", roundSeconds);
    measured.plain.push({ ...plain, ofPlain: 1 });
    measured.ours.push({ ...ours, ofPlain: ours.perSecond / plain.perSecond });
  }
  return [
    await rowOf("plain Hono and pg: signature, insert", measured.plain, servers.plain),
    await rowOf("our api: signature, schema, insert once, ring", measured.ours, servers.ours),
  ];
}

async function rowOf(name: string, measured: Round[], { child }: Server) {
  const median = (key: keyof Round) =>
    quantile(
      measured.map((round) => round[key]),
      0.5,
    );
  const refused = measured.reduce((sum, round) => sum + round.refused, 0);
  if (refused > 0) throw new Error(`${name}: ${refused} of the messages were not answered with 202`);
  return {
    name,
    "requests / s": rounded(median("perSecond")),
    ratio: rounded(median("ofPlain"), 2),
    "p50 ms": rounded(median("p50Ms"), 1),
    "p99 ms": rounded(median("p99Ms"), 1),
    "memory MB": await memoryMb(child.pid),
  };
}

/** What the process holds in RAM after the load, and not what it held at its peak. */
async function memoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return rounded(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
}

async function plainServer(directory: string, databaseUrl: string): Promise<Server> {
  const port = await freePort(0);
  const own = { DATABASE_URL: databaseUrl, WEBHOOK_SECRET: webhookSecret, PORT: String(port), NODE_ENV: "production" };
  const child = await startChild({
    name: "The plain server",
    command: nodeBinary,
    args: ["--no-warnings", join(repositoryRoot, "bench/webhook-server.ts")],
    environment: { ...baseEnvironment(), ...own },
    logFile: join(directory, "logs/plain"),
    isReady: (line) => line === "ready",
  });
  return { child, url: `http://127.0.0.1:${port}/webhooks/github` };
}

async function ourServer(directory: string, databaseUrl: string, redisUrl: string): Promise<Server> {
  const url = `http://127.0.0.1:${await freePort(0)}`;
  const own = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, API_URL: url, GITHUB_WEBHOOK_SECRET: webhookSecret };
  const environment = { api: { ...baseEnvironment(), ...own } };
  const child = await startApi({ logsDirectory: join(directory, "logs"), environment });
  return { child, url: `${url}/webhooks/github` };
}
