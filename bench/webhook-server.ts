import { createHmac, timingSafeEqual } from "node:crypto";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import pg from "pg";

/** The least that a webhook receiver can do: check the signature, insert the body once, answer. What we measure ours against. */
const { DATABASE_URL, WEBHOOK_SECRET = "" } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query("CREATE TABLE IF NOT EXISTS plain_delivery (id text PRIMARY KEY, event text, body jsonb)");

const app = new Hono().post("/webhooks/github", async (c) => {
  const bytes = Buffer.from(await c.req.arrayBuffer());
  const expected = Buffer.from(`sha256=${createHmac("sha256", WEBHOOK_SECRET).update(bytes).digest("hex")}`);
  const given = Buffer.from(c.req.header("x-hub-signature-256") ?? "");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return c.text("", 401);
  await pool.query("INSERT INTO plain_delivery VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING", [
    c.req.header("x-github-delivery"),
    c.req.header("x-github-event"),
    bytes.toString("utf8"),
  ]);
  return c.json({}, 202);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" }, () => console.log("ready"));
