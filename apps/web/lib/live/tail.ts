import { createTail, type Tail } from "@branchline/logs";
import { env } from "@/env";
import { log } from "../log";

const key = Symbol.for("branchline.tail");
const shared = globalThis as { [key]?: Tail };

/** The process's one subscriber connection, for all its readers. */
export function tail(): Tail {
  shared[key] ??= createTail(env().REDIS_URL, (error) => log.warn({ err: error }, "the tail met an error"));
  return shared[key];
}
