import { createHmac, randomUUID } from "node:crypto";

type Delivery = { secret: string; event: string; deliveryId?: string };

/** What GitHub sends with a webhook: its event, an id of its own, and its signature. */
export function webhookHeaders(body: string | Buffer, { secret, event, deliveryId = randomUUID() }: Delivery) {
  return {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": deliveryId,
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
}
