import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "./migrations.ts";
import { freePort } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { runSql } from "./sql.ts";
import { startValkey } from "./valkey.ts";

/** What is cloned for each test file. */
export const templateDatabase = "branchline_template";

type Started = { url: string; stop(): Promise<void> };

/**
 * Offers one Postgres and one Valkey to all test files of a run, and starts each when the first file asks for it:
 * a run of rule tests starts none.
 * @returns the address to ask, at `/postgres` and `/valkey`; each answers with the server's own address as text
 */
export async function offerTestServers(): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "branchline-test-"));
  const started = new Map<string, Promise<Started>>();
  const starters: Record<string, () => Promise<Started>> = {
    "/postgres": () => startMigrated(join(directory, "postgres"), join(directory, "postgres.log")),
    "/valkey": () => startQueue(join(directory, "valkey"), join(directory, "valkey.log")),
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const start = starters[path];
    if (start === undefined) return void response.writeHead(404).end();
    const running = started.get(path) ?? start();
    started.set(path, running);
    running.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      const servers = await Promise.allSettled(started.values());
      await Promise.all(servers.map((one) => (one.status === "fulfilled" ? one.value.stop() : undefined)));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startMigrated(directory: string, logFile: string): Promise<Started> {
  const postgres = await startPostgres({ directory, port: await freePort(0), logFile });
  const url = postgres.url("postgres");
  await runSql(url, `CREATE DATABASE ${templateDatabase}`);
  await migrate(postgres.url(templateDatabase));
  return { url, stop: postgres.stop };
}

async function startQueue(directory: string, logFile: string): Promise<Started> {
  const valkey = await startValkey({ directory, port: await freePort(0), logFile });
  return { url: valkey.url, stop: valkey.stop };
}
