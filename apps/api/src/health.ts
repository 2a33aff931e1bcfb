import { setTimeout as pause } from "node:timers/promises";
import { Hono } from "hono";
import type { Parts } from "./parts.ts";

/** Whoever asks wants to know whether to send requests here now, and asks again soon. */
const patienceMs = 1_000;

export function health({ statements, doorbell }: Parts): Hono {
  return new Hono()
    .get("/healthz", (c) => c.json({ status: "ok" }))
    .get("/readyz", async (c) => {
      const [isReady, redis] = await Promise.all([
        soon(statements.isReady(), false),
        soon(doorbell.state(), "down" as const),
      ]);
      if (isReady) return c.json({ status: "ready", postgres: "up", redis });
      return c.json({ status: "not ready", postgres: "down", redis }, 503);
    });
}

function soon<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([asked, pause(patienceMs, otherwise, { ref: false })]);
}
