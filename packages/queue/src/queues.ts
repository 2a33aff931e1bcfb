import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { QueueName } from "./catalogue.ts";

export type Queues = {
  /** Waits without an end for a Redis that is away. */
  get(name: QueueName): Promise<Queue>;
  close(): Promise<void>;
};

/** Queues to add to. Each is opened while Redis is there, since one whose first words were cut off never speaks again. */
export function openQueues(connection: Redis, onError: (error: unknown) => void): Queues {
  const opened = new Map<QueueName, Promise<Queue>>();
  return {
    get(name) {
      const found = opened.get(name);
      if (found !== undefined) return found;
      const queue = new Queue(name, { connection });
      queue.on("error", onError);
      const ready = queue.waitUntilReady().then(() => queue);
      opened.set(name, ready);
      ready.catch(() => {
        opened.delete(name);
        void queue.close().catch(() => undefined);
      });
      return ready;
    },
    async close() {
      const queues = await Promise.allSettled(opened.values());
      const closed = queues.map((queue) => (queue.status === "fulfilled" ? queue.value.close() : undefined));
      await Promise.allSettled(closed);
    },
  };
}
