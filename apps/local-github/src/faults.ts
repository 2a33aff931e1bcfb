import { setTimeout as pause } from "node:timers/promises";
import type { Context, Next } from "hono";
import { RestError } from "./rest/errors.ts";
import type { World } from "./world.ts";

const isOurs = (c: Context) => c.req.path.startsWith("/_local/");

/** How many requests are remembered. */
const remembered = 10_000;

export async function noteRequest(world: World, c: Context, next: Next): Promise<void> {
  if (!isOurs(c)) world.requests.push({ method: c.req.method, path: c.req.path, at: Date.now() });
  if (world.requests.length > remembered) world.requests.shift();
  await next();
}

/** Answers with the first fault that fits, once it is its time. */
export async function injectFault(world: World, c: Context, next: Next): Promise<Response | undefined> {
  const fault = world.faults.find(
    (one) =>
      one.remaining > 0 &&
      c.req.path.startsWith(one.pathPrefix) &&
      (one.method === null || one.method === c.req.method),
  );
  if (!fault || isOurs(c)) {
    await next();
    return undefined;
  }
  fault.remaining -= 1;
  world.faults = world.faults.filter((one) => one.remaining > 0);
  const gone = AbortSignal.any([world.stopping.signal, c.req.raw.signal]);
  await pause(fault.delayMs, undefined, { signal: gone }).catch(() => undefined);
  const body = new RestError(500, "A fault that was asked for").body();
  return new Response(JSON.stringify({ ...body, status: String(fault.status) }), {
    status: fault.status,
    headers: { "content-type": "application/json", ...fault.headers },
  });
}
