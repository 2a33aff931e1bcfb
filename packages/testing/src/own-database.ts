import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDb } from "@branchline/db";
import type { TestDatabase } from "./database.ts";
import { migrate } from "./migrations.ts";
import { freePort } from "./ports.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { runSql } from "./sql.ts";

export type OwnDatabase = TestDatabase & {
  /** Its server ends, as when it is asked to, and is away until it is started again. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
};

/** As `testDatabase`, on a server that no other test needs. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const directory = await mkdtemp(join(tmpdir(), "own-postgres-"));
  const place = { directory, port: await freePort(0), logFile: join(directory, "log") };
  let postgres = await startDatabase(place);
  const url = postgres.url("branchline");
  const db = createDb(url);
  return {
    url,
    db,
    stopServer: () => postgres.stop(),
    async startServer() {
      postgres = await startPostgres(place);
    },
    async close() {
      await db.$disconnect();
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A Postgres that holds one migrated database. */
export async function startDatabase(place: { directory: string; port: number; logFile: string }): Promise<Postgres> {
  const postgres = await startPostgres(place);
  try {
    await runSql(postgres.url("postgres"), "CREATE DATABASE branchline").catch(ignoreExisting);
    await migrate(postgres.url("branchline"));
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** 42P04: the database of an earlier run. */
function ignoreExisting(error: unknown): void {
  if ((error as { code?: string }).code !== "42P04") throw error;
}
