import "server-only";
import { Outage, Refusal, type RefusalCode } from "@branchline/core/errors";
import { isUnanswered } from "@branchline/db";
import { unstable_rethrow } from "next/navigation";
import { LimitReached } from "./limits";
import { log } from "./log";

const statuses: Record<RefusalCode, number> = {
  not_found: 404,
  forbidden: 403,
  invalid: 400,
  conflict: 409,
  limit_reached: 429,
};

/** The one door of every route handler: a refusal becomes its status, an outage 503, anything else 500 without internals. */
export async function answer(name: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof Refusal) return refusal(error);
    if (error instanceof Outage) return away(name, error, error.message);
    if (isUnanswered(error)) return away(name, error, "The database did not answer. Try again in a moment.");
    log.error({ route: name, err: error }, "a route failed");
    return Response.json({ error: "Branchline could not answer." }, { status: 500 });
  }
}

function away(name: string, err: unknown, error: string): Response {
  log.warn({ route: name, err }, "a route met an outage");
  return Response.json({ error }, { status: 503 });
}

function refusal(error: Refusal): Response {
  const wait = error instanceof LimitReached ? { "retry-after": String(error.retryAfterSeconds) } : {};
  return Response.json({ error: error.message }, { status: statuses[error.code], headers: wait });
}

/** For what only a reader ends: Next would begin it for a HEAD, too, and read none of it. */
export function getOnly(): Response {
  return new Response(null, { status: 405, headers: { allow: "GET" } });
}

/** The same words for what is not there and for what is somebody else's. */
export function notThere(): Response {
  return Response.json({ error: "There is no such thing." }, { status: 404 });
}
