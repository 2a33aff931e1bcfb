import type { Hono } from "hono";
import type { Json } from "../shapes/users.ts";
import type { Delivery } from "../store/records.ts";
import { redeliver } from "../webhooks/deliver.ts";
import type { World } from "../world.ts";
import { demandApp } from "./app.ts";
import { notFound, RestError } from "./errors.ts";
import type { RestContext, RestEnv } from "./request.ts";

/** The App's hook: its configuration, what was delivered, and delivering it again. */
export function hookRoutes(api: Hono<RestEnv>, world: World): void {
  api.get("/app/hook/config", (c) => {
    demandApp(c.var.principal);
    return c.json(hookConfig(world));
  });
  api.get("/app/hook/deliveries", (c) => {
    demandApp(c.var.principal);
    return c.json(listDeliveries(world, c));
  });
  api.get("/app/hook/deliveries/:id", (c) => c.json(fullDelivery(world, deliveryOf(world, c))));
  api.post("/app/hook/deliveries/:id/attempts", (c) => {
    redeliver(world, deliveryOf(world, c));
    return c.json({}, 202);
  });
}

export function hookConfig(world: World): Json {
  return { content_type: "json", insecure_ssl: "0", secret: "********", url: world.options.app.webhookUrl };
}

function deliveryOf(world: World, c: RestContext): Delivery {
  demandApp(c.var.principal);
  const delivery = world.store.deliveries.get(Number(c.req.param("id")));
  if (!delivery) throw notFound();
  return delivery;
}

/** Newest first; the cursor names the last delivery that was shown. */
function listDeliveries(world: World, c: RestContext): Json[] {
  const size = Math.min(100, Math.max(1, Number(c.req.query("per_page")) || 30));
  const cursor = c.req.query("cursor");
  const before = cursor === undefined ? Number.POSITIVE_INFINITY : Number(cursor.replace(/^v1_/, ""));
  if (Number.isNaN(before)) throw new RestError(422, "Invalid cursor");
  const rows = world.store.deliveries.filter((row) => row.id < before && matchesStatus(row, c.req.query("status")));
  const shown = rows.reverse().slice(0, size);
  const last = shown.at(-1);
  if (last && rows.length > size) {
    const url = new URL(c.req.url);
    url.searchParams.set("cursor", `v1_${last.id}`);
    c.header("Link", `<${url}>; rel="next"`);
  }
  return shown.map((row) => deliveryItem(row));
}

function matchesStatus(row: Delivery, wanted: string | undefined): boolean {
  const succeeded = row.statusCode >= 200 && row.statusCode < 400;
  return wanted === undefined || (wanted === "success") === succeeded;
}

function deliveryItem(row: Delivery): Json {
  return {
    id: row.id,
    guid: row.guid,
    delivered_at: row.deliveredAt,
    redelivery: row.redelivery,
    duration: row.duration,
    status: row.status,
    status_code: row.statusCode,
    event: row.event,
    action: row.action,
    installation_id: row.installationId,
    repository_id: row.repositoryId,
    throttled_at: null,
  };
}

function fullDelivery(world: World, row: Delivery): Json {
  return {
    ...deliveryItem(row),
    url: world.options.app.webhookUrl,
    request: { headers: row.requestHeaders, payload: JSON.parse(row.requestBody) },
    response: { headers: row.responseHeaders, payload: row.responseBody },
  };
}
