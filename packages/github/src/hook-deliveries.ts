import type { AttemptsPart, DeliveryAttempt } from "@branchline/core/webhook-deliveries/redelivery";
import { z } from "zod";
import type { Connection } from "./connection.ts";
import { findOnGithub, onGithub } from "./unavailable.ts";

// Ids may be larger than a number can hold, so they are read as text.
const Attempts = z.array(
  z.object({ id: z.string(), guid: z.string(), delivered_at: z.coerce.date(), status_code: z.number().int() }),
);

type ListedAttempts = {
  since: Date;
  /** Where to begin, as an earlier part told; null: with the newest. */
  from: string | null;
  perPage?: number;
  /** Of one part. */
  pagesMax?: number;
};

/**
 * The attempts since then to deliver the App's webhooks that were not answered with success, newest first, or as many of
 * them as may be asked for at once.
 */
export function listFailedAttempts(connection: Connection, wished: ListedAttempts): Promise<AttemptsPart> {
  return onGithub("list the App's deliveries", () => readPart(connection, wished));
}

async function readPart(
  connection: Connection,
  { since, from, perPage = 100, pagesMax = 20 }: ListedAttempts,
): Promise<AttemptsPart> {
  const found: DeliveryAttempt[] = [];
  let next = from;
  for (let page = 0; page < pagesMax; page += 1) {
    const { rows, cursor } = await readPage(connection, next, perPage);
    const later = rows.filter(({ deliveredAt }) => deliveredAt >= since);
    found.push(...later);
    next = later.length < rows.length ? null : cursor;
    if (next === null) break;
  }
  const isMore = next !== null && (await beginsAfter(connection, next, since));
  return { attempts: found.filter(isFailed), newestAt: found[0]?.deliveredAt ?? null, next: isMore ? next : null };
}

/** Where the part below was done already, its page begins with what that ended with. */
async function beginsAfter(connection: Connection, cursor: string, since: Date): Promise<boolean> {
  const { rows } = await readPage(connection, cursor, 1);
  return rows.some(({ deliveredAt }) => deliveredAt > since);
}

async function readPage({ app }: Connection, from: string | null, perPage: number) {
  const { data, headers } = await app.request("GET /app/hook/deliveries", {
    per_page: perPage,
    status: "failure",
    ...(from === null ? {} : { cursor: from }),
    request: { parseSuccessResponseBody: false },
  });
  return { rows: await readAttempts(data), cursor: cursorOf(headers.link) };
}

const isFailed = ({ status }: DeliveryAttempt) => status < 200 || status >= 400;

/** Asks GitHub to deliver the same bytes again under the same delivery id; false when it no longer can. */
export async function redeliver({ app }: Connection, attemptId: string): Promise<boolean> {
  const answer = await findOnGithub(
    "redeliver a webhook",
    () => app.request(`POST /app/hook/deliveries/${encodeURIComponent(attemptId)}/attempts`),
    [404, 422],
  );
  return answer !== null;
}

async function readAttempts(body: unknown): Promise<DeliveryAttempt[]> {
  const text = await new Response(body as ReadableStream<Uint8Array>).text();
  const rows = Attempts.parse(JSON.parse(text.replaceAll(/"id":\s*(\d+)/g, '"id":"$1"')));
  return rows.map(({ id, guid, delivered_at: deliveredAt, status_code: status }) => {
    return { attemptId: id, deliveryId: guid, deliveredAt, status };
  });
}

function cursorOf(link: string | undefined): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  return next === undefined ? null : new URL(next).searchParams.get("cursor");
}
