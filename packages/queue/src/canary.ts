import type { QueueName } from "./catalogue.ts";
import { failFastConnection } from "./connection.ts";
import { openQueues } from "./queues.ts";
import { within } from "./within.ts";

/** The name of a job that does nothing. */
export const canary = "canary";

export type Listener = {
  name: QueueName;
  /** Whether it has a place for a job, and has begun none since it was last asked. */
  isIdle(): boolean;
};

const looksPerLimit = 4;
const patienceMs = 2_000;

/**
 * Leaves a canary in every queue, and looks after it. One that lies there for the whole limit, beside a listener that could
 * have had it, shows that the listener has gone deaf, and so has every other worker. While Redis does not answer, nothing
 * is shown.
 */
export function startCanaries(
  redisUrl: string,
  listeners: readonly Listener[],
  { limitMs, onDeaf }: { limitMs: number; onDeaf(queue: QueueName): void },
) {
  // The listeners tell of its errors, too.
  const connection = failFastConnection(redisUrl, () => undefined);
  const queues = openQueues(connection, () => undefined);
  const jobId = `${canary}-${crypto.randomUUID()}`;
  const left = new Map<QueueName, number>();

  /** @returns whether the canary still lies where it was left */
  async function leave(name: QueueName): Promise<boolean> {
    const queue = await queues.get(name);
    const lies = (await queue.getJobState(jobId)) === "waiting";
    if (!lies) await queue.add(canary, {}, { jobId, removeOnComplete: true, removeOnFail: true });
    return lies;
  }

  async function look({ name, isIdle }: Listener): Promise<void> {
    const lies = await within(patienceMs, leave(name)).catch(() => false);
    const times = isIdle() && lies ? (left.get(name) ?? 0) + 1 : 0;
    left.set(name, times);
    if (times === looksPerLimit) onDeaf(name);
  }

  const timer = setInterval(() => {
    for (const listener of listeners) void look(listener);
  }, limitMs / looksPerLimit);
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await within(patienceMs, queues.close()).catch(() => undefined);
      connection.disconnect();
    },
  };
}
