import { createHmac, randomUUID } from "node:crypto";

type Door = { apiUrl: string; secret: string };

/** Tells the api what GitHub would: a signed body under a delivery id of its own. @returns that id */
export async function postWebhook({ apiUrl, secret }: Door, body: string, event = "push"): Promise<string> {
  const deliveryId = randomUUID();
  const response = await fetch(`${apiUrl}/webhooks/github`, {
    method: "POST",
    body,
    headers: {
      "x-github-event": event,
      "x-github-delivery": deliveryId,
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  });
  if (response.status !== 202) throw new Error(`The api answered ${response.status}: ${await response.text()}`);
  return deliveryId;
}
