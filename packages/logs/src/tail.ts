import { EventEmitter, once } from "node:events";
import { Redis } from "ioredis";

/** Hints that something is new; what it is stands in the database, so a lost hint loses time and nothing else. */
export type Tail = {
  /** Never throws, and does not wait for a Redis that is away. */
  publish(key: string, hint: string): Promise<void>;
  /**
   * Resolves once Redis has the subscription, or after a second without it: then "reconnected" comes as soon as it has.
   * Call what it resolves to in order to leave.
   */
  subscribe(key: string, onHint: (hint: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

const channelOf = (key: string) => `tail:${key}`;
const patienceMs = 1_000;
const retryStrategy = (times: number) => Math.min(times * 200, 2_000);

/** One subscriber connection per process, shared by all its readers. */
export function createTail(redisUrl: string, onError: (error: unknown) => void = () => undefined): Tail {
  const publisher = new Redis(redisUrl, {
    retryStrategy,
    maxRetriesPerRequest: 1,
    commandTimeout: patienceMs,
    // One on which nothing comes is given up, or each hint would wait for its own second.
    socketTimeout: patienceMs,
  });
  const subscriber = new Redis(redisUrl, { retryStrategy, maxRetriesPerRequest: null, autoResubscribe: false });
  publisher.on("error", onError);
  subscriber.on("error", onError);
  const readers = new EventEmitter().setMaxListeners(0);
  subscriber.on("message", (channel: string, hint: string) => readers.emit(channel, hint));
  subscriber.on("ready", () => void resubscribe().catch(onError));

  // Hints may have been missed while the connection was down, so everybody looks once.
  async function resubscribe(): Promise<void> {
    const channels = readers.eventNames().map(String);
    if (channels.length === 0) return;
    await subscriber.subscribe(...channels);
    for (const channel of channels) readers.emit(channel, "reconnected");
  }

  /** At the beginning a connection is on its way; later one that is gone is not waited for. */
  let wasReady = false;
  publisher.once("ready", () => {
    wasReady = true;
  });

  return {
    async publish(key, hint) {
      if (wasReady && publisher.status !== "ready") return;
      await publisher.publish(channelOf(key), hint).catch(onError);
    },
    async subscribe(key, onHint) {
      const channel = channelOf(key);
      readers.on(channel, onHint);
      if (subscriber.status === "ready") await subscriber.subscribe(channel).catch(onError);
      else await once(readers, channel, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
      return async () => {
        readers.off(channel, onHint);
        if (readers.listenerCount(channel) === 0 && subscriber.status === "ready") {
          await subscriber.unsubscribe(channel).catch(onError);
        }
      };
    },
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
