import { Queue } from "bullmq";
import { type Bell, catalogue, type QueueName, queueNames } from "./catalogue.ts";
import { failFastConnection } from "./connection.ts";
import { within } from "./within.ts";

export type Doorbell = {
  /** Never throws, and gives up after two seconds: what was to be rung for stands in the database, and the sweep rings again. */
  ring(bells: Bell[]): Promise<void>;
  /** Redis's state, for people. */
  state(): Promise<"up" | "down">;
  close(): Promise<void>;
};

/** A queue waits without an end for its first connection; whoever rings does not. */
const patienceMs = 2_000;

export function createDoorbell({
  redisUrl,
  onFailure,
}: {
  redisUrl: string;
  onFailure(error: unknown): void;
}): Doorbell {
  const connection = failFastConnection(redisUrl, onFailure);
  const queues = new Map(
    queueNames.map((name) => {
      const queue = new Queue(name, { connection });
      queue.on("error", onFailure);
      return [name, queue] as const;
    }),
  );

  async function ringOne(bell: Bell): Promise<void> {
    const { queue, attempts, backoffMs } = catalogue[bell.name];
    await queueOf(queue).add(bell.name, bell.payload, {
      jobId: jobIdOf(bell),
      attempts,
      // 0, BullMQ's own, goes before every other.
      priority: bell.priority ?? 0,
      backoff: { type: "exponential", delay: backoffMs },
      // The same row may be due again, so its id must be free once the job has ended.
      removeOnComplete: true,
      removeOnFail: true,
    });
  }

  function queueOf(name: QueueName): Queue {
    const queue = queues.get(name);
    if (queue === undefined) throw new Error(`No queue ${name}`);
    return queue;
  }

  return {
    async ring(bells) {
      const rung = await Promise.allSettled(bells.map((bell) => within(patienceMs, ringOne(bell))));
      for (const result of rung) if (result.status === "rejected") onFailure(result.reason);
    },
    state: () =>
      within(patienceMs, connection.ping()).then(
        () => "up",
        () => "down",
      ),
    async close() {
      const closed = Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      await within(patienceMs, closed).catch(() => undefined);
      connection.disconnect();
    },
  };
}

/** One job at a time for a row and a verb. BullMQ takes no ":" in ids and none of digits only. */
function jobIdOf(bell: Bell): string {
  return [bell.name, ...Object.values(bell.payload)].join("-").replaceAll(":", "-");
}
