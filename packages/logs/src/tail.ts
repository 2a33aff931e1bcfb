import { EventEmitter } from "node:events";
import { Redis } from "ioredis";

/** Hints that something is new; what it is stands in the database, so a lost hint loses time and nothing else. */
export type Tail = {
  /** Never throws. */
  publish(key: string, hint: string): Promise<void>;
  /** Resolves once Redis has the subscription; call what it resolves to in order to leave. */
  subscribe(key: string, onHint: (hint: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

const channelOf = (key: string) => `tail:${key}`;

/** One subscriber connection per process, shared by all its readers. */
export function createTail(redisUrl: string, onError: (error: unknown) => void = () => undefined): Tail {
  const options = { retryStrategy: (times: number) => Math.min(times * 200, 2_000) };
  const publisher = new Redis(redisUrl, { ...options, maxRetriesPerRequest: 1, commandTimeout: 2_000 });
  const subscriber = new Redis(redisUrl, { ...options, maxRetriesPerRequest: null });
  publisher.on("error", onError);
  subscriber.on("error", onError);
  const readers = new EventEmitter().setMaxListeners(0);
  subscriber.on("message", (channel: string, hint: string) => readers.emit(channel, hint));
  // Hints may have been missed while the connection was down, so everybody looks once.
  subscriber.on("ready", () => {
    for (const channel of readers.eventNames()) readers.emit(channel, "reconnected");
  });

  return {
    async publish(key, hint) {
      await publisher.publish(channelOf(key), hint).catch(onError);
    },
    async subscribe(key, onHint) {
      const channel = channelOf(key);
      readers.on(channel, onHint);
      await subscriber.subscribe(channel);
      return async () => {
        readers.off(channel, onHint);
        if (readers.listenerCount(channel) === 0) await subscriber.unsubscribe(channel).catch(onError);
      };
    },
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
