import { createHmac, randomUUID } from "node:crypto";
import type { Delivery } from "../store/records.ts";
import type { World } from "../world.ts";

/** The App has one hook. */
export const HOOK_ID = 1;
const TIME_LIMIT_MS = 10_000;
/** GitHub does not send what is larger. */
const PAYLOAD_LIMIT_BYTES = 25 * 1024 * 1024;
const KEPT_DELIVERIES = 2_000;
const PENDING = "pending";

export interface Outgoing {
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  body: string;
}

/** Records a new delivery and sends it, once; the caller does not wait for the receiver. */
export function deliver(world: World, outgoing: Outgoing): void {
  if (Buffer.byteLength(outgoing.body) > PAYLOAD_LIMIT_BYTES) return;
  const guid = randomUUID();
  switch (outgoing.event === "push" ? world.mishap : null) {
    case null:
      return void start(world, outgoing, guid, false);
    case "lost":
      return;
    case "doubled":
      void start(world, outgoing, guid, false);
      return void start(world, outgoing, guid, false);
    case "swapped":
      swap(world, outgoing, guid);
  }
}

function swap(world: World, outgoing: Outgoing, guid: string): void {
  const { held } = world;
  world.held = held === null ? outgoing : null;
  if (held !== null) void start(world, outgoing, guid, false).then(() => start(world, held, randomUUID(), false));
}

/** What befalls pushes from now on; one that waits for another is sent. */
export function befall(world: World, mishap: World["mishap"]): void {
  world.mishap = mishap;
  const { held } = world;
  world.held = null;
  if (held !== null) void start(world, held, randomUUID(), false);
}

/** Sends the same bytes again under the same guid, as a delivery of its own. */
export function redeliver(world: World, delivery: Delivery): void {
  void start(world, { ...delivery, body: delivery.requestBody }, delivery.guid, true);
}

function start(world: World, outgoing: Outgoing, guid: string, redelivery: boolean): Promise<void> {
  const delivery = world.store.deliveries.insert({
    guid,
    event: outgoing.event,
    action: outgoing.action,
    installationId: outgoing.installationId,
    repositoryId: outgoing.repositoryId,
    redelivery,
    deliveredAt: new Date().toISOString(),
    duration: 0,
    status: PENDING,
    statusCode: 0,
    requestHeaders: headersFor(world, outgoing, guid),
    requestBody: outgoing.body,
    responseHeaders: {},
    responseBody: "",
  });
  forgetOldest(world);
  const sending = send(world, delivery).finally(() => world.inFlight.delete(sending));
  world.inFlight.add(sending);
  return sending;
}

/** What was on its way when the last process ended was never answered; it is on its sender's list as failed. */
export function closeUnanswered(world: World): void {
  for (const row of world.store.deliveries.filter((one) => one.status === PENDING)) {
    world.store.deliveries.update(row.id, { status: "failed to connect to host", statusCode: 502 });
  }
}

function headersFor(world: World, outgoing: Outgoing, guid: string): Record<string, string> {
  const { app } = world.options;
  const signature = createHmac("sha256", app.webhookSecret).update(outgoing.body).digest("hex");
  return {
    Accept: "*/*",
    "Content-Type": "application/json",
    "User-Agent": "GitHub-Hookshot/1a2b3c4",
    "X-GitHub-Delivery": guid,
    "X-GitHub-Event": outgoing.event,
    "X-GitHub-Hook-ID": String(HOOK_ID),
    "X-GitHub-Hook-Installation-Target-ID": String(app.id),
    "X-GitHub-Hook-Installation-Target-Type": "integration",
    "X-Hub-Signature-256": `sha256=${signature}`,
  };
}

function forgetOldest(world: World): void {
  const { deliveries } = world.store;
  const rows = deliveries.all();
  for (const row of rows.slice(0, Math.max(0, rows.length - KEPT_DELIVERIES))) deliveries.remove(row.id);
}

async function send(world: World, delivery: Delivery): Promise<void> {
  const startedAt = performance.now();
  const answer = await post(world, delivery);
  if (world.stopping.signal.aborted || !world.store.deliveries.get(delivery.id)) return;
  const duration = Math.round(performance.now() - startedAt) / 1000;
  world.store.deliveries.update(delivery.id, { ...answer, duration });
}

type Answer = Pick<Delivery, "status" | "statusCode" | "responseHeaders" | "responseBody">;

async function post(world: World, delivery: Delivery): Promise<Answer> {
  try {
    const response = await fetch(world.options.app.webhookUrl, {
      method: "POST",
      headers: delivery.requestHeaders,
      body: delivery.requestBody,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(TIME_LIMIT_MS), world.stopping.signal]),
    });
    return {
      status: response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`,
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: (await response.text()).slice(0, 64 * 1024),
    };
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === "TimeoutError";
    return {
      status: timedOut ? "timed out" : "failed to connect to host",
      statusCode: timedOut ? 504 : 502,
      responseHeaders: {},
      responseBody: "",
    };
  }
}
