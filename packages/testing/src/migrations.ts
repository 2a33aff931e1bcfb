import { join } from "node:path";
import { execa } from "execa";
import { nodeBinary, repositoryRoot } from "./paths.ts";

/** Brings a database to the newest schema, by the command that operators use. */
export async function migrate(databaseUrl: string): Promise<void> {
  const env = { PATH: process.env.PATH ?? "", DATABASE_URL: databaseUrl };
  await execa(nodeBinary, ["--no-warnings", join(repositoryRoot, "scripts/migrate.ts")], { env, extendEnv: false });
}
