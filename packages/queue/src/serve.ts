import { type Job, UnrecoverableError, Worker } from "bullmq";
import { catalogue, type JobName, type JobPayload, type QueueName, queueNames } from "./catalogue.ts";
import { blockingConnection } from "./connection.ts";

/** A handler for every job: a map that lacks one does not compile. */
export type Handlers = { [Name in JobName]: (payload: JobPayload<Name>) => Promise<void> };

export type ServeOptions = {
  redisUrl: string;
  handlers: Handlers;
  /** Jobs at once, per queue. */
  concurrency: Record<QueueName, number>;
  /** True for an error that another try can't mend. */
  isPermanent(error: unknown): boolean;
  onError(error: unknown, job: string): void;
};

export type Served = { ready: Promise<void>; stop(timeoutMs: number): Promise<void> };

/** Serves every queue of the catalogue. A worker that is killed loses its jobs to another within about ten seconds. */
export function serve(options: ServeOptions): Served {
  const connection = blockingConnection(options.redisUrl, (error) => options.onError(error, "redis"));
  const workers = queueNames.map((name) => {
    const worker = new Worker(name, (job) => run(options, job), {
      connection,
      concurrency: options.concurrency[name],
      lockDuration: 6_000,
      stalledInterval: 2_000,
      maxStalledCount: 5,
    });
    worker.on("error", (error) => options.onError(error, name));
    worker.on("failed", (job, error) => options.onError(error, job?.name ?? name));
    return worker;
  });
  return {
    ready: Promise.all(workers.map((worker) => worker.waitUntilReady())).then(() => undefined),
    async stop(timeoutMs) {
      const drained = Promise.allSettled(workers.map((worker) => worker.close()));
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())]);
      connection.disconnect();
    },
  };
}

async function run({ handlers, isPermanent }: ServeOptions, job: Job): Promise<void> {
  const name = job.name as JobName;
  const entry = catalogue[name];
  // A job of a later version: it stays the database's to ring again for a worker that knows it.
  if (entry === undefined) throw new UnrecoverableError(`This worker does not know the job ${job.name}.`);
  const payload = entry.payload.parse(job.data);
  const handler = handlers[name] as (payload: unknown) => Promise<void>;
  try {
    await handler(payload);
  } catch (error) {
    if (isPermanent(error)) throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
    throw error;
  }
}
