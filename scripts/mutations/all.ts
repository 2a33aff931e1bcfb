import { api } from "./api.ts";
import { logs } from "./logs.ts";
import type { Mutation } from "./mutation.ts";
import { queue } from "./queue.ts";
import { sandbox } from "./sandbox.ts";
import { worker } from "./worker.ts";

/** A list per room. */
export const mutations: readonly Mutation[] = [...api, ...logs, ...queue, ...sandbox, ...worker];
