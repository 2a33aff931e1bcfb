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
];
