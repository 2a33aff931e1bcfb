import { changeStackByHand, upsetAws } from "./aws.ts";
import type { Fault } from "./fault.ts";
import { befallWebhooks, failFetches, failGithub, freezeGithub, limitGithub } from "./github.ts";
import { emptyRedis, fillRedis, freezeRedis, killPostgres, killRedis } from "./servers.ts";
import { freezeWorker, killApi, killWorker, restartWorker, severWorker } from "./workers.ts";

/** What can go wrong with us. */
const inside: Record<string, Fault> = {
  "a worker is killed": { reach: "a worker", cause: killWorker },
  "a worker is frozen past its lease": { reach: "a worker", cause: freezeWorker },
  "a worker is restarted": { reach: "a worker", cause: restartWorker },
  "a worker is cut off from Postgres": { reach: "a worker, perhaps", cause: severWorker("postgres", "cut") },
  "a worker hears nothing from Postgres": { reach: "a worker, perhaps", cause: severWorker("postgres", "freeze") },
  "a worker is cut off from Redis": { reach: "nobody", cause: severWorker("redis", "cut") },
  "a worker hears nothing from Redis": { reach: "nobody", cause: severWorker("redis", "freeze") },
  "the api is killed": { reach: "nobody", cause: killApi },
  "Redis forgets everything": { reach: "everybody", cause: emptyRedis },
  "Redis is killed": { reach: "everybody", cause: killRedis },
  "Redis is frozen": { reach: "everybody", cause: freezeRedis },
  "Redis is full": { reach: "everybody", cause: fillRedis },
  "Postgres is killed": { reach: "everybody", cause: killPostgres },
};

/** What can go wrong with the world around us. */
const outside: Record<string, Fault> = {
  "GitHub answers 502": { reach: "nobody", cause: failGithub },
  "GitHub refuses fetches": { reach: "nobody", cause: failFetches },
  "GitHub limits us": { reach: "nobody", cause: limitGithub },
  "GitHub does not answer": { reach: "nobody", cause: freezeGithub },
  "GitHub loses webhooks": { reach: "nobody", cause: befallWebhooks("lost") },
  "GitHub sends webhooks twice": { reach: "nobody", cause: befallWebhooks("doubled") },
  "GitHub sends webhooks out of order": { reach: "nobody", cause: befallWebhooks("swapped") },
  "AWS throttles": { reach: "nobody", cause: upsetAws("throttled") },
  "AWS answers 503": { reach: "nobody", cause: upsetAws("unavailable") },
  "AWS does not answer": { reach: "nobody", cause: upsetAws("silent") },
  "AWS's answers are lost": { reach: "nobody", cause: upsetAws("deaf") },
  "somebody changes a stack by hand": { reach: "nobody", cause: changeStackByHand },
};

/** By the hand that does them. */
export const faults = { inside, outside };

export function faultOf(name: string): Fault {
  const fault = inside[name] ?? outside[name];
  if (fault === undefined) throw new Error(`There is no fault "${name}"`);
  return fault;
}
