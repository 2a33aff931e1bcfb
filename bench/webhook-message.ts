import { randomUUID } from "node:crypto";
import { webhookHeaders } from "@branchline/testing/webhook-headers";
import type { Message } from "./load.ts";

export const webhookSecret = "benchmark";

/** A push as GitHub sends it, of about 7.2 KB, signed; another one every time. */
export function pushMessage(): Message {
  const after = randomUUID().replaceAll("-", "").padEnd(40, "0");
  return signedPush({ after }, webhookSecret);
}

type PushFacts = { after: string; before?: string; ref?: string; repository?: object; installation?: object };

/** A push of these facts. */
export function signedPush(facts: PushFacts, secret: string): Message {
  const body = Buffer.from(JSON.stringify({ ...push, ...facts, head_commit: { ...commit, id: facts.after } }));
  return {
    body,
    headers: {
      ...webhookHeaders(body, { secret, event: "push" }),
      "content-length": String(body.length),
    },
  };
}

const person = { login: "ada", id: 7, avatar_url: null };
const commit = {
  id: "0".repeat(40),
  message: "Round totals half up, as the tax office does. ".repeat(8),
  timestamp: "2026-11-24T10:00:00Z",
  author: { name: "Ada Lovelace", email: "ada@example.com", username: "ada" },
  added: [],
  removed: [],
  modified: ["orders/src/totals.js", "orders/src/handler.js"],
};
const push = {
  ref: "refs/heads/develop",
  before: "1".repeat(40),
  after: "2".repeat(40),
  created: false,
  deleted: false,
  forced: false,
  repository: { id: 42, full_name: "acme/shop", private: true, default_branch: "main" },
  installation: { id: 9 },
  pusher: { name: "ada" },
  sender: person,
  head_commit: commit,
  commits: Array.from({ length: 10 }, () => commit),
};
