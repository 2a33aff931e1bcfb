import { z } from "zod";

const id = z.string().min(1).max(200);

/** Milliseconds before the first retry; each later one waits twice as long. */
const backoffMs = 1_000;

/**
 * Every job on one page. Payloads are ids only: the row says the rest, and says it as it is now. Strict, since what a later
 * version says more is not for us to leave out.
 */
export const catalogue = {
  "github.receive": { queue: "webhooks", payload: z.strictObject({ deliveryId: id }), attempts: 5, backoffMs },
  // Due again in a minute by its row.
  "github.redeliver": { queue: "chores", payload: z.strictObject({}), attempts: 1, backoffMs },
  "deployment.admit": { queue: "deploys", payload: z.strictObject({}), attempts: 1, backoffMs },
  // Never again by the queue: after AWS was touched only the database may say what comes next.
  "deployment.run": { queue: "builds", payload: z.strictObject({ deploymentId: id }), attempts: 1, backoffMs },
  // In places of its own: what lost its worker waits behind no build.
  "deployment.take-over": { queue: "takeovers", payload: z.strictObject({ deploymentId: id }), attempts: 1, backoffMs },
  // A moment later: what is queued mostly runs by then, so GitHub is told once, and a start waits for nothing that is told.
  "deployment.report": {
    queue: "outbound",
    payload: z.strictObject({ deploymentId: id }),
    attempts: 8,
    backoffMs,
    delayMs: 250,
  },
  // These are due again by their rows, and later each time that they fail.
  "repository.scan": { queue: "chores", payload: z.strictObject({ repositoryId: id }), attempts: 1, backoffMs },
  "installation.sync": { queue: "chores", payload: z.strictObject({ installationId: id }), attempts: 1, backoffMs },
  // Due again in a minute by its row.
  "repository.look": { queue: "chores", payload: z.strictObject({ repositoryId: id }), attempts: 1, backoffMs },
  "deploy-profile.prove": { queue: "chores", payload: z.strictObject({ deployProfileId: id }), attempts: 3, backoffMs },
} as const;

export type Catalogue = typeof catalogue;
export type JobName = keyof Catalogue;
export type QueueName = Catalogue[JobName]["queue"];
export type JobPayload<Name extends JobName> = z.infer<Catalogue[Name]["payload"]>;
export type Bell = { [Name in JobName]: { name: Name; payload: JobPayload<Name>; priority?: number } }[JobName];

export const queueNames = [...new Set(Object.values(catalogue).map((entry) => entry.queue))] as QueueName[];
