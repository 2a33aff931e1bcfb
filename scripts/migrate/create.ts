import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@branchline/testing/ports";
import { startPostgres } from "@branchline/testing/postgres";
import { openSchemaEngine } from "./engine.ts";
import { listMigrations, migrationsDirectory, readSchema, readSnapshot, snapshot } from "./folders.ts";

/** @returns the SQL from the newest migration's schema to the one in prisma/schema; "" when nothing differs */
async function diffSchema(): Promise<string> {
  const [before, after] = await Promise.all([readSnapshot(), readSchema()]);
  if (before === after) return "";
  return await withDatabase(async (databaseUrl) => await compare(databaseUrl, before, after));
}

async function compare(databaseUrl: string, before: string | null, after: string): Promise<string> {
  const engine = await openSchemaEngine(databaseUrl);
  const schema = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: snapshot, content }],
  });
  const result = await engine.diff({
    from: before === null ? { tag: "empty" } : schema(before),
    to: schema(after),
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.exitCode === 2 ? (result.stdout ?? "") : "";
}

/** The engine asks a server for its version before it compares anything. */
async function withDatabase<T>(work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "branchline-migrate-"));
  const logFile = join(directory, "postgres.log");
  const postgres = await startPostgres({ directory, port: await freePort(0), logFile });
  try {
    return await work(postgres.url("postgres"));
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Writes a migration's folder from the difference; SQL that Prisma has no words for is added to it by hand.
 * @returns the folder's name, or null when nothing differs
 */
export async function createMigration(name: string): Promise<string | null> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is not a migration's name: lower case, digits and _`);
  const sql = await diffSchema();
  if (sql === "") return null;
  const folder = `${await nextTimestamp()}_${name}`;
  await mkdir(join(migrationsDirectory, folder), { recursive: true });
  await writeFile(join(migrationsDirectory, folder, "migration.sql"), sql);
  await writeFile(snapshot, await readSchema());
  return folder;
}

/** YYYYMMDDHHMMSS, after every migration there is: their order is the order of their names. */
async function nextTimestamp(): Promise<string> {
  const now = Number(new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14));
  const last = (await listMigrations()).at(-1)?.slice(0, 14) ?? "0";
  return String(Math.max(now, Number(last) + 1));
}
