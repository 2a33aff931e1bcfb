import type { BulkJobOptions, Queue } from "bullmq";
import { type Bell, catalogue, type QueueName } from "./catalogue.ts";
import { failFastConnection } from "./connection.ts";
import { openQueues } from "./queues.ts";
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
  const queues = openQueues(connection, onFailure);

  async function ringIn(name: QueueName, bells: Bell[]): Promise<void> {
    // Between two tries to connect there is nothing to wait for.
    if (connection.status === "reconnecting") throw new Error(`Redis is away, so ${bells.length} bells were not heard`);
    const queue = await queues.get(name);
    await queue.addBulk((await unheard(queue, bells)).map(jobOf));
  }

  /** Most of what a sweep or an admission rings for lies there already, not begun, and a question is less work than a job. */
  async function unheard(queue: Queue, bells: Bell[]): Promise<Bell[]> {
    if (bells.length === 1) return bells;
    const jobIds = await connection.mget(bells.map((bell) => queue.toKey(`de:${idOf(bell)}`)));
    const lies = await Promise.all(jobIds.map((jobId) => jobId !== null && liesUnbegun(queue.toKey(jobId))));
    return bells.filter((_, index) => !lies[index]);
  }

  async function liesUnbegun(job: string): Promise<boolean> {
    const [timestamp, processedOn] = await connection.hmget(job, "timestamp", "processedOn");
    return timestamp != null && processedOn == null;
  }

  return {
    async ring(bells) {
      const byQueue = Map.groupBy(bells, (bell) => catalogue[bell.name].queue);
      const rung = [...byQueue].map(([name, its]) => within(patienceMs, ringIn(name, its)).catch(onFailure));
      await Promise.all(rung);
    },
    state: () =>
      within(patienceMs, connection.ping()).then(
        () => "up",
        () => "down",
      ),
    async close() {
      await within(patienceMs, queues.close()).catch(() => undefined);
      connection.disconnect();
    },
  };
}

function jobOf(bell: Bell): { name: string; data: object; opts: BulkJobOptions } {
  const entry = catalogue[bell.name];
  const { attempts, backoffMs } = entry;
  const opts: BulkJobOptions = {
    // One that rings while its job is under way is heard once more after it: the job may have looked before.
    deduplication: { id: idOf(bell), keepLastIfActive: true },
    attempts,
    delay: "delayMs" in entry ? entry.delayMs : 0,
    // 0, BullMQ's own, goes before every other.
    priority: bell.priority ?? 0,
    backoff: { type: "exponential", delay: backoffMs },
    // The same row may be due again, so its id must be free once the job has ended.
    removeOnComplete: true,
    removeOnFail: true,
  };
  return { name: bell.name, data: bell.payload, opts };
}

/** One job at a time for a row and a verb. */
function idOf(bell: Bell): string {
  return [bell.name, ...Object.values(bell.payload)].join("-");
}
