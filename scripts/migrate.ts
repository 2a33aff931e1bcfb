import { applyMigrations } from "./migrate/apply.ts";
import { createMigration } from "./migrate/create.ts";

const [option, name] = process.argv.slice(2);

if (option === "--create" && name !== undefined) {
  const folder = await createMigration(name);
  console.log(folder === null ? "The schema has not changed." : `prisma/migrations/${folder}/migration.sql`);
} else if (option === undefined) {
  const url = process.env.DATABASE_URL;
  if (url === undefined) throw new Error("DATABASE_URL is missing: it says which database to migrate");
  const applied = await applyMigrations(url);
  console.log(applied.length === 0 ? "Nothing to apply." : `Applied ${applied.join(", ")}.`);
} else {
  console.error("node scripts/migrate.ts                applies the migrations to DATABASE_URL");
  console.error("node scripts/migrate.ts --create NAME  writes a migration from the change of prisma/schema");
  process.exitCode = 1;
}

// The engine has no way to close its connections, and idle ones would keep us alive for ten seconds.
process.exit();
