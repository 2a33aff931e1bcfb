import { createPatientDb, type Db } from "@branchline/db";
import { env } from "@/env";
import { awayDigest } from "./away-digest";

const key = Symbol.for("branchline.db");
const shared = globalThis as { [key]?: Db };

/** The process's one pool. Next hands an error's digest to the page that shows it, and nothing else of it. */
export function db(): Db {
  shared[key] ??= createPatientDb(env().DATABASE_URL, (error) => Object.assign(error, { digest: awayDigest }));
  return shared[key];
}
