import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { openSchemaEngine } from "./engine.ts";
import { listMigrations, migrationsDirectory } from "./folders.ts";

/**
 * Applies what is missing and records it in `_prisma_migrations`, as `prisma migrate deploy` does.
 * @returns the names that were applied
 */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const engine = await openSchemaEngine(databaseUrl);
  const filters = { externalTables: [], externalEnums: [] };
  const done = await engine.applyMigrations({ migrationsList: await loadMigrations(), filters });
  return done.appliedMigrationNames;
}

async function loadMigrations(): Promise<MigrationList> {
  const names = await listMigrations();
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (path) => {
        const value = await readFile(join(migrationsDirectory, path, "migration.sql"), "utf8");
        return { path, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
      }),
    ),
  };
}
