import { createHash, randomUUID } from "node:crypto";
import { Hono } from "hono";
import { readPrincipal } from "../auth/principal.ts";
import type { World } from "../world.ts";
import { notFound, RestError } from "./errors.ts";
import { Moved, type RestContext, type RestEnv } from "./request.ts";

const HOURLY_LIMIT = 5_000;
const HOUR_MS = 60 * 60 * 1000;

/** The REST API without routes: who asks, GitHub's headers, its errors, and conditional requests. */
export function restFrame(world: World): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const limits = new RateLimits();
  app.use(async (c, next) => {
    c.header("X-GitHub-Request-Id", randomUUID());
    c.header("X-GitHub-Media-Type", "github.v3; format=json");
    c.set("principal", await readPrincipal(world, c.req.header("authorization")));
    await next();
    await answerConditionally(c);
    limits.count(c);
  });
  app.onError((error, c) => answerError(world, error, c));
  app.notFound((c) => c.json(notFound().body(), 404));
  return app;
}

function answerError(world: World, error: Error, c: RestContext): Response {
  if (error instanceof RestError) return c.json(error.body(), error.status);
  if (error instanceof Moved) {
    const url = `${world.apiUrl}/repositories/${error.repositoryId}`;
    return c.json({ message: "Moved Permanently", url, documentation_url: "https://docs.github.com/rest" }, 301, {
      Location: url,
    });
  }
  process.stderr.write(`local-github: ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}\n`);
  return c.json({ message: "Server Error" }, 500);
}

/** A GET carries an ETag of its body for the token that asks, and 304 answers who has it already. */
async function answerConditionally(c: RestContext): Promise<void> {
  if (c.req.method !== "GET" || c.res.status !== 200) return;
  const body = await c.res.clone().arrayBuffer();
  const hash = createHash("sha256")
    .update(`${c.req.header("authorization")}\n`)
    .update(Buffer.from(body));
  const etag = `W/"${hash.digest("hex")}"`;
  if (c.req.header("if-none-match") !== etag) {
    c.header("ETag", etag);
    return;
  }
  const headers = new Headers(c.res.headers);
  headers.delete("content-type");
  headers.set("ETag", etag);
  c.res = undefined;
  c.res = new Response(null, { status: 304, headers });
}

/** Counts requests per credential and hour, all but a 304, and says so in the headers; it refuses nobody. */
class RateLimits {
  readonly #windows = new Map<string, { used: number; resetsAt: number }>();

  count(c: RestContext): void {
    const who = createHash("sha256")
      .update(c.req.header("authorization") ?? "")
      .digest("hex");
    const at = Date.now();
    let window = this.#windows.get(who);
    if (!window || window.resetsAt <= at) {
      for (const [key, old] of this.#windows) if (old.resetsAt <= at) this.#windows.delete(key);
      window = { used: 0, resetsAt: at + HOUR_MS };
      this.#windows.set(who, window);
    }
    if (c.res.status !== 304) window.used += 1;
    c.header("X-RateLimit-Limit", String(HOURLY_LIMIT));
    c.header("X-RateLimit-Remaining", String(Math.max(0, HOURLY_LIMIT - window.used)));
    c.header("X-RateLimit-Used", String(window.used));
    c.header("X-RateLimit-Reset", String(Math.ceil(window.resetsAt / 1000)));
    c.header("X-RateLimit-Resource", "core");
  }
}
