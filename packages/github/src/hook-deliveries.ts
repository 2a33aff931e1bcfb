import type { DeliveryAttempt } from "@branchline/core/webhook-deliveries/redelivery";
import { z } from "zod";
import type { Connection } from "./connection.ts";
import { findOnGithub, onGithub } from "./unavailable.ts";

// Ids may be larger than a number can hold, so they are read as text.
const Attempts = z.array(
  z.object({ id: z.string(), guid: z.string(), delivered_at: z.coerce.date(), status_code: z.number().int() }),
);

/** The attempts since then to deliver the App's webhooks that were not answered with success, newest first. */
export function listFailedAttempts({ app }: Connection, since: Date): Promise<DeliveryAttempt[]> {
  return onGithub("list the App's deliveries", async () => {
    const found: DeliveryAttempt[] = [];
    for (let cursor: string | undefined; ; ) {
      const { data, headers } = await app.request("GET /app/hook/deliveries", {
        per_page: 100,
        status: "failure",
        ...(cursor === undefined ? {} : { cursor }),
        request: { parseSuccessResponseBody: false },
      });
      const page = await readAttempts(data);
      found.push(...page.filter(({ deliveredAt, status }) => deliveredAt >= since && (status < 200 || status >= 400)));
      cursor = cursorOf(headers.link);
      const oldest = page.at(-1);
      if (cursor === undefined || oldest === undefined || oldest.deliveredAt < since) return found;
    }
  });
}

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

function cursorOf(link: string | undefined): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  return next === undefined ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);
}
