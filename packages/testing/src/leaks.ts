import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import { Client } from "pg";
import { until } from "./until.ts";

/** A secret as it is, and as a dump, a queue or a template would write its bytes. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, "")];
}

/** Every row of every table, as a dump would write it. */
export async function dumpOfPostgres(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(`SELECT row::text AS text FROM ${name} AS row`);
      texts.push(name, ...rows.map((row) => row.text));
    }
    return texts.join("\n");
  } finally {
    await client.end();
  }
}

/** Everything that anybody says to Redis from now on. */
export async function overhearRedis(url: string): Promise<{ said(): string; stop(): void }> {
  const redis = new Redis(url);
  const monitor = await redis.monitor();
  const commands: string[] = [];
  monitor.on("monitor", (_time: string, words: string[]) => commands.push(words.join(" ")));
  return {
    said: () => commands.join("\n"),
    stop() {
      monitor.disconnect();
      redis.disconnect();
    },
  };
}

/** Settles when no job of a queue waits or runs. */
export async function quietQueue(url: string, name: string): Promise<void> {
  const redis = new Redis(url);
  try {
    await until(`the queue ${name} is empty`, 30_000, async () => {
      const counts = await Promise.all(["wait", "active"].map((list) => redis.llen(`bull:${name}:${list}`)));
      return counts.every((count) => count === 0) ? true : null;
    });
  } finally {
    redis.disconnect();
  }
}

/** The files beneath a directory that hold one of the texts. */
export async function filesWith(directory: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // What is gone by now holds nothing.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (texts.some((text) => bytes.includes(text))) found.push(path);
  }
  return found;
}
