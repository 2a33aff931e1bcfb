import { createDb, type Db } from "@branchline/db";
import { env } from "@/env";

const key = Symbol.for("branchline.db");
const shared = globalThis as { [key]?: Db };

/** The process's one pool. */
export function db(): Db {
  shared[key] ??= createDb(env().DATABASE_URL);
  return shared[key];
}
