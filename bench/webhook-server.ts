import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import pg from "pg";

/**
 * The least that a webhook receiver can do: check the signature, insert the same row into the same table, answer. It trusts
 * the body's shape, wakes nobody, and fails on a body that comes twice. What we measure ours against.
 */
const { DATABASE_URL, WEBHOOK_SECRET = "" } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });

const insert = `
  INSERT INTO webhook_deliveries (id, event, action, body, body_sha256, installation_github_id, repository_github_id)
  VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7) ON CONFLICT (id) DO NOTHING`;

const app = new Hono().post("/webhooks/github", async (c) => {
  const bytes = Buffer.from(await c.req.arrayBuffer());
  const expected = Buffer.from(`sha256=${createHmac("sha256", WEBHOOK_SECRET).update(bytes).digest("hex")}`);
  const given = Buffer.from(c.req.header("x-hub-signature-256") ?? "");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return c.text("", 401);
  const text = bytes.toString("utf8");
  const { action = null, installation, repository } = JSON.parse(text);
  await pool.query(insert, [
    c.req.header("x-github-delivery"),
    c.req.header("x-github-event"),
    action,
    text,
    createHash("sha256").update(bytes).digest("hex"),
    installation.id,
    repository.id,
  ]);
  return c.json({}, 202);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" }, () => console.log("ready"));
