import type { Mutation } from "./mutation.ts";

const test = "apps/api/src/webhooks/github.test.ts";

export const api: readonly Mutation[] = [
  {
    row: "threat 1",
    file: "packages/github/src/webhooks/signature.ts",
    from: 'return timingSafeEqual(expected, Buffer.from(given, "hex"));',
    to: "return expected.length > 0;",
    test,
    title: "threat 1: a webhook whose signature %s",
  },
  {
    row: "threat 2",
    file: "packages/core/src/webhook-deliveries/record.ts",
    from: "(SELECT id FROM webhook_deliveries WHERE event = $2 AND body_sha256 = $5 AND copy_of IS NULL)",
    to: "$1",
    test,
    title: "threat 2: a body sent again under new ids",
  },
  {
    row: "threat 3",
    file: "apps/api/src/webhooks/github.ts",
    from: 'if (parsed.kind === "unfit") return',
    to: 'if (parsed.kind === "unfit" && event === "") return',
    test,
    title: "threat 3: an event's name that its body does not fit",
  },
  {
    row: "fault 10",
    file: "packages/queue/src/doorbell.ts",
    from: "within(patienceMs, ringIn(name, its)).catch(onFailure)",
    to: "within(patienceMs, ringIn(name, its))",
    test: "apps/api/src/main.test.ts",
    title: "fault 10: while Redis is full each webhook",
  },
  {
    row: "fault 13",
    file: "packages/db/src/statements.ts",
    from: "if (now - triedAt > silentMs / 2 ||",
    to: "if (now >= triedAt ||",
    test: "apps/api/src/webhooks/absent-postgres.test.ts",
    title: "fault 13: a Postgres that is gone for a moment",
  },
  {
    row: "fault 14",
    file: "apps/api/src/webhooks/github.ts",
    from: 'return unavailable(c, "The delivery could not be stored.");',
    to: "return c.json({ deliveryId }, 202);",
    test: "apps/worker/src/receive/outage.test.ts",
    title: "fault 14: while Postgres is away for long",
  },
  {
    row: "fault 4",
    file: "apps/api/src/listen.ts",
    from: 'if (isStopping) response.setHeader("connection", "close");',
    to: "if (isStopping) response.statusCode = 200;",
    test: "apps/web/e2e/strain.test.ts",
    title: "fault 4: an api that is asked to end",
  },
  {
    row: "fault 4",
    file: "apps/web/lib/ending.ts",
    from: "for (const close of [...openStreams]) close();",
    to: "",
    test: "apps/web/e2e/strain.test.ts",
    title: "fault 4: web that is asked to end",
  },
];
