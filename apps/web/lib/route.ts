import "server-only";
import { Outage, Refusal, type RefusalCode } from "@branchline/core/errors";
import { unstable_rethrow } from "next/navigation";
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
    if (error instanceof Refusal) return Response.json({ error: error.message }, { status: statuses[error.code] });
    log.error({ route: name, err: error }, "a route failed");
    if (error instanceof Outage) return Response.json({ error: error.message }, { status: 503 });
    return Response.json({ error: "Branchline could not answer." }, { status: 500 });
  }
}

/** The same words for what is not there and for what is somebody else's. */
export function notThere(): Response {
  return Response.json({ error: "There is no such thing." }, { status: 404 });
}
