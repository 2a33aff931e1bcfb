import { randomUUID } from "node:crypto";
import { webhookHeaders } from "@branchline/testing/webhook-headers";

type Door = { apiUrl: string; secret: string };

/** Tells the api what GitHub would: a signed body under a delivery id of its own. @returns that id */
export async function postWebhook({ apiUrl, secret }: Door, body: string, event = "push"): Promise<string> {
  const deliveryId = randomUUID();
  const response = await fetch(`${apiUrl}/webhooks/github`, {
    method: "POST",
    body,
    headers: webhookHeaders(body, { secret, event, deliveryId }),
  });
  if (response.status !== 202) throw new Error(`The api answered ${response.status}: ${await response.text()}`);
  return deliveryId;
}
