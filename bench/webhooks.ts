import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startApi } from "@branchline/testing/apps";
import { baseEnvironment } from "@branchline/testing/base-environment";
import { type Child, startChild } from "@branchline/testing/child";
import { nodeBinary, repositoryRoot } from "@branchline/testing/paths";
import { freePort } from "@branchline/testing/ports";
import type { Benchmark } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";
import { load, type Measured } from "./load.ts";
import { type Servers, withServers } from "./servers.ts";
import { pushMessage, webhookSecret } from "./webhook-message.ts";

const rounds = 5;
const roundSeconds = 4;
const warmUpSeconds = 3;
const connections = 32;

/** Webhook in: a signed push of 7.2 KB, over 32 connections, our api and the least that such a server can do in turns. */
export const webhooks: Benchmark = {
  name: "webhooks",
  run: () =>
    withServers(async (servers) => {
      const children: Child[] = [];
      const start = async (name: Name, serverOf: typeof ourServer) => {
        const server = await serverOf(servers, await servers.database(name));
        children.push(server.child);
        return server;
      };
      try {
        return await compare({ plain: await start("plain", plainServer), ours: await start("ours", ourServer) });
      } finally {
        await Promise.all(children.map((child) => child.stop()));
      }
    }),
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

async function plainServer({ logsDirectory }: Servers, databaseUrl: string): Promise<Server> {
  const port = await freePort(0);
  const own = { DATABASE_URL: databaseUrl, WEBHOOK_SECRET: webhookSecret, PORT: String(port), NODE_ENV: "production" };
  const child = await startChild({
    name: "The plain server",
    command: nodeBinary,
    args: ["--no-warnings", join(repositoryRoot, "bench/webhook-server.ts")],
    environment: { ...baseEnvironment(), ...own },
    logFile: join(logsDirectory, "plain"),
    isReady: (line) => line === "ready",
  });
  return { child, url: `http://127.0.0.1:${port}/webhooks/github` };
}

async function ourServer({ logsDirectory, redisUrl }: Servers, databaseUrl: string): Promise<Server> {
  const url = `http://127.0.0.1:${await freePort(0)}`;
  const own = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, API_URL: url, GITHUB_WEBHOOK_SECRET: webhookSecret };
  const environment = { api: { ...baseEnvironment(), ...own } };
  const child = await startApi({ logsDirectory, environment });
  return { child, url: `${url}/webhooks/github` };
}
