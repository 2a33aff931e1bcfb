import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { nodeBinary, repositoryRoot } from "./paths.ts";

/** Brings a database to the newest schema, by the command that operators use. */
export async function migrate(databaseUrl: string): Promise<void> {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
  await promisify(execFile)(nodeBinary, ["--no-warnings", join(repositoryRoot, "scripts/migrate.ts")], { env });
}
