import { Redis } from "ioredis";
import type { Cause } from "./fault.ts";

export const killPostgres: Cause = ({ world }) => world.crash("postgres");

export const killRedis: Cause = ({ world }) => world.crash("valkey");

export const emptyRedis: Cause = ({ world }) => onRedis(world.redisUrl, async (redis) => void (await redis.flushall()));

export const freezeRedis: Cause = async ({ world, pause }, dice) => {
  const thaw = world.freezeValkey();
  await pause(dice.between(4_000, 9_000));
  thaw();
};

/** It takes nothing new, and says so. */
export const fillRedis: Cause = ({ world, pause }, dice) =>
  onRedis(world.redisUrl, async (redis) => {
    await redis.config("SET", "maxmemory", "1");
    await pause(dice.between(4_000, 9_000));
    await redis.config("SET", "maxmemory", "0");
  });

async function onRedis(redisUrl: string, work: (redis: Redis) => Promise<void>): Promise<void> {
  const redis = new Redis(redisUrl);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}
