import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "@branchline/testing/migrations";
import { freePort } from "@branchline/testing/ports";
import { startPostgres } from "@branchline/testing/postgres";
import { runSql } from "@branchline/testing/sql";
import { startValkey } from "@branchline/testing/valkey";

export type Servers = {
  logsDirectory: string;
  redisUrl: string;
  /** Creates one with the newest schema. @returns its address */
  database(name: string): Promise<string>;
};

/** Postgres and Valkey of a benchmark's own, for as long as it works. */
export async function withServers<T>(work: (servers: Servers) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "branchline-bench-"));
  const logsDirectory = join(directory, "logs");
  await mkdir(logsDirectory);
  const place = async (name: string) => {
    return { directory: join(directory, name), port: await freePort(0), logFile: join(logsDirectory, name) };
  };
  const postgres = await startPostgres(await place("postgres"));
  const valkey = await startValkey(await place("valkey"));
  const database = async (name: string) => {
    await runSql(postgres.url("postgres"), `CREATE DATABASE ${name}`);
    await migrate(postgres.url(name));
    return postgres.url(name);
  };
  try {
    return await work({ logsDirectory, redisUrl: valkey.url, database });
  } finally {
    await Promise.all([postgres.stop(), valkey.stop()]);
    await rm(directory, { recursive: true, force: true });
  }
}
