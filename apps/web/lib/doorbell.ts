import { createDoorbell, type Doorbell } from "@branchline/queue";
import { env } from "@/env";
import { log } from "./log";

const key = Symbol.for("branchline.doorbell");
const shared = globalThis as { [key]?: Doorbell };

/** The process's one connection to the queue. */
export function doorbell(): Doorbell {
  shared[key] ??= createDoorbell({
    redisUrl: env().REDIS_URL,
    onFailure: (error) => log.warn({ err: error }, "a bell did not ring; the sweep rings it again"),
  });
  return shared[key];
}
