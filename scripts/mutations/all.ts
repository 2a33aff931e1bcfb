import { api } from "./api.ts";
import { core } from "./core.ts";
import { credentials } from "./credentials.ts";
import { logs } from "./logs.ts";
import type { Mutation } from "./mutation.ts";
import { queue } from "./queue.ts";
import { receive } from "./receive.ts";
import { sandbox } from "./sandbox.ts";
import { stackStates } from "./stacks.ts";
import { web } from "./web.ts";
import { worker } from "./worker.ts";

/** A list per room. */
export const mutations: readonly Mutation[] = [
  ...api,
  ...core,
  ...credentials,
  ...logs,
  ...queue,
  ...receive,
  ...sandbox,
  ...stackStates,
  ...web,
  ...worker,
];
