import { DelayedError, type Job, UnrecoverableError, Worker } from "bullmq";
import { canary, startCanaries } from "./canary.ts";
import { catalogue, type JobName, type JobPayload, type QueueName, queueNames } from "./catalogue.ts";
import { blockingConnection } from "./connection.ts";
import { createRest } from "./rest.ts";
import { within } from "./within.ts";

/**
 * A handler for every job: a map that lacks one does not compile. The signal aborts when Redis has forgotten that the job
 * is ours, since another worker may have it by then.
 */
export type Handlers = { [Name in JobName]: (payload: JobPayload<Name>, signal: AbortSignal) => Promise<void> };

export type ServeOptions = {
  redisUrl: string;
  handlers: Handlers;
  /** Jobs at once, per queue. */
  concurrency: Record<QueueName, number>;
  /** True for an error that another try can't mend. */
  isPermanent(error: unknown): boolean;
  /** Milliseconds that an error asks to wait before another try, which then costs none of the job's tries. */
  retryAfterMs(error: unknown): number | null;
  onError(error: unknown, job: string): void;
  /** Told by each connection, each time: jobs wait meanwhile, or come once more. */
  onRedisError(error: unknown, queue: QueueName): void;
  /** Told when, for so long, nothing was heard of a queue in which something lay. */
  deafAfterMs: number;
  onDeaf(queue: QueueName): void;
};

export type Served = {
  /** Settles when every queue is listened to. */
  ready: Promise<void>;
  /** Leaves the jobs to other workers, as long as this one could do none; those under way go on. */
  rest(): void;
  goOn(): void;
  /** Takes no more jobs, and leaves those that have not ended in time to another worker. */
  stop(timeoutMs: number): Promise<void>;
};

/** Serves every queue of the catalogue. A worker that is killed loses its jobs to another within about ten seconds. */
export function serve(options: ServeOptions): Served {
  // The workers tell of its errors.
  const connection = blockingConnection(options.redisUrl, () => undefined);
  const served = queueNames.map((name) => {
    const concurrency = options.concurrency[name];
    const begun = { now: 0, sinceAsked: 0 };
    const take = (job: Job, token?: string, signal?: AbortSignal) =>
      job.name === canary ? Promise.resolve() : run(options, job, token, signal);
    const worker = new Worker(name, (job, token, signal) => counted(begun, take(job, token, signal)), {
      connection,
      concurrency,
      lockDuration: 6_000,
      stalledInterval: 2_000,
      maxStalledCount: 5,
    });
    const onRedisError = (error: unknown) => options.onRedisError(error, name);
    const rest = createRest(worker, onRedisError);
    worker.on("error", (error) => {
      onRedisError(error);
      if (isRefusal(error)) rest.afterRefusal();
    });
    // A job that was done fails as well when Redis does not take its end.
    worker.on("failed", (job, error) =>
      isRefusal(error) ? onRedisError(error) : options.onError(error, job?.name ?? name),
    );
    worker.on("lockRenewalFailed", (jobIds) => {
      for (const jobId of jobIds) worker.cancelJob(jobId, "the lock was lost");
    });
    const isIdle = () => {
      const { now, sinceAsked } = begun;
      begun.sinceAsked = 0;
      return now < concurrency && sinceAsked === 0 && !worker.isPaused();
    };
    return { name, worker, rest, isIdle };
  });
  const canaries = startCanaries(options.redisUrl, served, { limitMs: options.deafAfterMs, onDeaf: options.onDeaf });
  const workers = served.map(({ worker }) => worker);
  return {
    ready: Promise.all(workers.map((worker) => worker.waitUntilReady())).then(() => undefined),
    rest() {
      for (const { rest } of served) rest.begin("told");
    },
    goOn() {
      for (const { rest } of served) rest.end("told");
    },
    async stop(timeoutMs) {
      const drained = Promise.all([canaries.stop(), ...workers.map((worker) => worker.close())]);
      await within(timeoutMs, drained).catch(() => {
        for (const worker of workers) void worker.disconnect().catch(() => undefined);
      });
      connection.disconnect();
    },
  };
}

const isRefusal = (error: Error) => error.name === "ReplyError";

async function counted(begun: { now: number; sinceAsked: number }, job: Promise<void>): Promise<void> {
  begun.now += 1;
  begun.sinceAsked += 1;
  try {
    await job;
  } finally {
    begun.now -= 1;
  }
}

async function run(options: ServeOptions, job: Job, token?: string, signal?: AbortSignal): Promise<void> {
  const name = job.name as JobName;
  const entry = catalogue[name];
  const payload = entry?.payload.safeParse(job.data).data;
  // A job of a later version: it stays the database's to ring again for a worker that knows it.
  if (payload === undefined) throw new UnrecoverableError(`A later version's job, left to its workers: ${job.name}.`);
  const handler = options.handlers[name] as (payload: unknown, signal: AbortSignal) => Promise<void>;
  try {
    await handler(payload, signal ?? new AbortController().signal);
  } catch (error) {
    if (options.isPermanent(error))
      throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
    if (entry.attempts > 1) await delay(options, job, token, error);
    throw error;
  }
}

/** Puts a job away for as long as its error asks; throws what tells the queue so. */
async function delay(options: ServeOptions, job: Job, token: string | undefined, error: unknown): Promise<void> {
  const waitMs = options.retryAfterMs(error);
  if (waitMs === null) return;
  options.onError(error, job.name);
  await job.moveToDelayed(Date.now() + waitMs, token);
  throw new DelayedError();
}
