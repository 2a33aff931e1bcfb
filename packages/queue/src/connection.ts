import { Redis } from "ioredis";

const retryStrategy = (times: number) => Math.min(times * 200, 2_000);

/**
 * For producers: a command fails at once while Redis is away, and the connection comes back by itself. One on which nothing
 * comes is given up, so that what Redis does not read can't pile up.
 */
export function failFastConnection(redisUrl: string, onError: (error: unknown) => void): Redis {
  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    connectTimeout: 2_000,
    socketTimeout: 2_000,
    retryStrategy,
  });
  redis.on("error", onError);
  return redis;
}

/** For workers: BullMQ's blocking reads must be retried for ever. */
export function blockingConnection(redisUrl: string, onError: (error: unknown) => void): Redis {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy });
  redis.on("error", onError);
  return redis;
}
