import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export const migrationsDirectory = join(root, "prisma/migrations");

/** The schema that the newest migration leads to: the next one is the difference to it, so SQL written by hand stays. */
export const snapshot = join(migrationsDirectory, "schema.prisma");

/** Folder names, oldest first. */
export async function listMigrations(): Promise<string[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** All files of prisma/schema as one text, in the order of their names. */
export async function readSchema(): Promise<string> {
  const directory = join(root, "prisma/schema");
  const names = (await readdir(directory)).filter((name) => name.endsWith(".prisma")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), "utf8")));
  return texts.join("\n");
}

/** Null before the first migration. */
export async function readSnapshot(): Promise<string | null> {
  try {
    return await readFile(snapshot, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
