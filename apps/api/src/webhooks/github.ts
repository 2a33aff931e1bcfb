import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import {
  deliveriesAtOnce,
  mayBeOfOneDelivery,
  type NewDelivery,
  recordDeliveries,
} from "@branchline/core/webhook-deliveries/record";
import { parseWebhook, verifySignature } from "@branchline/github";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Parts } from "../parts.ts";
import { isTooDeep } from "./depth.ts";
import { gather } from "./gather.ts";
import { createBodyReader } from "./read-body.ts";

type Door = { Bindings: HttpBindings };

/** Station 1: verify the signature on the raw bytes, record the delivery once, ring. */
export function githubWebhooks(parts: Parts): Hono<Door> {
  const record = recorder(parts);
  const readBody = createBodyReader();

  async function accept(c: Context<Door>, bytes: Buffer): Promise<Response> {
    const { headers } = c.env.incoming;
    if (!verifySignature(parts.webhookSecret, bytes, one(headers, "x-hub-signature-256"))) {
      return c.json({ error: "The signature is missing or wrong." }, 401);
    }
    const delivery = deliveryOf(headers, bytes);
    if ("problem" in delivery) return c.json({ error: delivery.problem }, 400);
    return store(record, parts, c, delivery);
  }

  return new Hono<Door>().post("/webhooks/github", async (c) => {
    const body = await readBody(c.env.incoming);
    if (body.kind === "too_large") return c.json({ error: "The body is larger than 26 MB." }, 413);
    if (body.kind === "full") return unavailable(c, "Too much is being sent at once.");
    if (body.kind === "too_slow") return c.json({ error: "The body did not arrive within 8 seconds." }, 408);
    return accept(c, body.bytes).finally(body.release);
  });
}

/** A header that came twice is no value of GitHub's: Node joins the two, and no rule takes the comma. */
function one(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}

type Record = (delivery: NewDelivery) => Promise<void>;

/** What one statement carries at the most, unless a single delivery is larger. */
const bytesAtOnce = 1024 * 1024;

function recorder({ statements, doorbell }: Parts): Record {
  return gather<NewDelivery>({
    async send(deliveries) {
      await recordDeliveries(statements, deliveries);
      // No answer waits for it: a bell that is lost is the sweep's to ring again.
      void doorbell.ring(deliveries.map(({ deliveryId }) => ({ name: "github.receive", payload: { deliveryId } })));
    },
    isOfOne: mayBeOfOneDelivery,
    bytesOf: (delivery) => delivery.body.length,
    itemsMax: deliveriesAtOnce,
    bytesMax: bytesAtOnce,
  });
}

async function store(record: Record, { log }: Parts, c: Context, delivery: NewDelivery): Promise<Response> {
  const { deliveryId } = delivery;
  try {
    await record(delivery);
    return c.json({ deliveryId }, 202);
  } catch (error) {
    log.error({ deliveryId, error: error instanceof Error ? error.name : "unknown" }, "a delivery could not be stored");
    return unavailable(c, "The delivery could not be stored.");
  }
}

function unavailable(c: Context, why: string): Response {
  return c.json({ error: `${why} Send it again.` }, 503, { "Retry-After": "10" });
}

const Subject = z.object({
  action: z.string().nullish(),
  installation: z.object({ id: z.number().int() }).nullish(),
  repository: z.object({ id: z.number().int() }).nullish(),
});

function deliveryOf(headers: IncomingHttpHeaders, bytes: Buffer): NewDelivery | { problem: string } {
  const deliveryId = one(headers, "x-github-delivery");
  const event = one(headers, "x-github-event");
  if (!/^[\w-]{1,100}$/.test(deliveryId)) return { problem: "X-GitHub-Delivery is missing." };
  if (!/^\w{1,100}$/.test(event)) return { problem: "X-GitHub-Event is missing." };
  if (isTooDeep(bytes)) return { problem: "The body nests too deep." };
  const text = bytes.toString("utf8");
  const body = parseJson(text);
  const parsed = parseWebhook(event, body);
  if (parsed.kind === "unfit") return { problem: `The body does not fit the event ${event}: ${parsed.problem}` };
  const subject = Subject.safeParse(body).data;
  return {
    deliveryId,
    event,
    action: subject?.action ?? null,
    body: storable(text, body),
    bodySha256: createHash("sha256").update(bytes).digest("hex"),
    installationGithubId: subject?.installation ? BigInt(subject.installation.id) : null,
    repositoryGithubId: subject?.repository ? BigInt(subject.repository.id) : null,
  };
}

/** Postgres stores neither NUL nor half a surrogate pair in JSON, and both can stand in a commit message. */
function storable(text: string, body: unknown): string {
  if (!/\\u(?:0000|[dD][89a-fA-F])/.test(text)) return text;
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("\u0000", "").toWellFormed() : value,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
