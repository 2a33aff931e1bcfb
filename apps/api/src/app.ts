import { Hono } from "hono";
import { health } from "./health.ts";
import type { Parts } from "./parts.ts";
import { githubWebhooks } from "./webhooks/github.ts";

export function createApp(parts: Parts): Hono {
  const app = new Hono();
  app.route("/", health(parts));
  app.route("/", githubWebhooks(parts));
  app.notFound((c) => c.json({ error: "There is nothing at this address." }, 404));
  app.onError((error, c) => {
    parts.log.error({ error: error.name, path: c.req.path }, "a request failed by our own fault");
    return c.json({ error: "The server failed. It was written down." }, 500);
  });
  return app;
}
