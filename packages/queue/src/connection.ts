import { Redis } from "ioredis";

const common = {
  connectTimeout: 2_000,
  retryStrategy: (times: number) => Math.min(times * 200, 2_000),
  /** Another server was promoted: the name leads there by now, or soon, and this one would refuse for ever. */
  reconnectOnError: (error: Error) => error.message.includes("READONLY"),
};

/** A Redis that says nothing for so long is asked on another connection: BullMQ's blocking reads are silent for ten seconds. */
const silentMs = 12_000;

/**
 * For producers: a command fails at once while Redis is away, and the connection comes back by itself. One on which nothing
 * comes is given up, so that what Redis does not read can't pile up.
 */
export function failFastConnection(redisUrl: string, onError: (error: unknown) => void): Redis {
  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    socketTimeout: 2_000,
    ...common,
  });
  redis.on("error", onError);
  return redis;
}

/** For workers: BullMQ's blocking reads must be retried for ever. */
export function blockingConnection(redisUrl: string, onError: (error: unknown) => void): Redis {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, socketTimeout: silentMs, ...common });
  redis.on("error", onError);
  return redis;
}
