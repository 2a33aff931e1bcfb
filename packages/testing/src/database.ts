import { randomUUID } from "node:crypto";
import { createDb, type Db } from "@branchline/db";
import { Redis } from "ioredis";
import { runSql } from "./sql.ts";
import { templateDatabase } from "./test-servers.ts";

export type TestDatabase = {
  url: string;
  db: Db;
  /** Disconnects and drops it. */
  close(): Promise<void>;
};

/** A fresh, migrated database of one's own. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await askFor("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await runSql(server, `CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`);
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  const db = createDb(url);
  return {
    url,
    db,
    async close() {
      await db.$disconnect();
      await runSql(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

export type TestRedis = { url: string; close(): Promise<void> };

/** An empty Valkey database of one's own: keys are apart; channels of pub/sub are shared, as Redis has it. */
export async function testRedis(): Promise<TestRedis> {
  const server = await askFor("valkey");
  const counter = new Redis(server);
  const index = 1 + ((await counter.incr("test-databases")) % 63);
  await counter.quit();
  const url = server.replace(/\/\d+$/, `/${index}`);
  const empty = async () => {
    const redis = new Redis(url);
    await redis.flushdb();
    await redis.quit();
  };
  await empty();
  return { url, close: empty };
}

async function askFor(server: "postgres" | "valkey"): Promise<string> {
  const offer = process.env.BRANCHLINE_TEST_SERVERS;
  if (offer === undefined) throw new Error("No test servers: run this file by vitest, with the root's configuration");
  const response = await fetch(`${offer}/${server}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${server} did not start: ${text}`);
  return text;
}
