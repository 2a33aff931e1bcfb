import { Hono } from "hono";
import type { Parts } from "./parts.ts";

const select = { name: "ready", text: "SELECT 1" };

export function health({ statements, doorbell }: Parts): Hono {
  return new Hono()
    .get("/healthz", (c) => c.json({ status: "ok" }))
    .get("/readyz", async (c) => {
      const redis = await doorbell.state();
      try {
        await statements.run(select, []);
        return c.json({ status: "ready", postgres: "up", redis });
      } catch {
        return c.json({ status: "not ready", postgres: "down", redis }, 503);
      }
    });
}
