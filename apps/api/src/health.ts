import { Hono } from "hono";
import type { Parts } from "./parts.ts";

export function health({ db, doorbell }: Parts): Hono {
  return new Hono()
    .get("/healthz", (c) => c.json({ status: "ok" }))
    .get("/readyz", async (c) => {
      const redis = await doorbell.state();
      try {
        await db.$queryRaw`SELECT 1`;
        return c.json({ status: "ready", postgres: "up", redis });
      } catch {
        return c.json({ status: "not ready", postgres: "down", redis }, 503);
      }
    });
}
