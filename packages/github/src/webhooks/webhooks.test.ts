import { createHmac } from "node:crypto";
import examples from "@octokit/webhooks-examples";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWebhook } from "./parse.ts";
import { verifySignature } from "./signature.ts";

const body = Buffer.from('{"text":"ü"}');
const sign = (secret: string, bytes: Buffer, algorithm = "sha256") =>
  `${algorithm}=${createHmac(algorithm, secret).update(bytes).digest("hex")}`;

describe("a signature", () => {
  test("of the raw bytes with our secret is ours", () => {
    expect(verifySignature("secret", body, sign("secret", body))).toBe(true);
  });

  test.each([
    ["is missing", undefined],
    ["is of another secret", sign("other", body)],
    ["is SHA-1", sign("secret", body, "sha1")],
    ["is cut short", sign("secret", body).slice(0, -2)],
    ["is of other bytes", sign("secret", Buffer.from('{"text":"u"}'))],
  ])("is refused when it %s", (_, header) => {
    expect(verifySignature("secret", body, header)).toBe(false);
  });
});

const samples = (examples as { name: string; examples: unknown[] }[]).flatMap(({ name, examples: bodies }) =>
  bodies.map((sample) => [name, sample] as const),
);
const read = ["push", "installation", "installation_repositories", "repository"];

describe("GitHub's own samples", () => {
  test("each fits its event", () => {
    for (const [name, sample] of samples) expect(parseWebhook(name, sample)).not.toHaveProperty("problem");
    expect(samples.filter(([name]) => read.includes(name)).length).toBeGreaterThan(8);
  });

  test.each(read)("the body of a %s fits no other event that we read", (event) => {
    for (const [, sample] of samples.filter(([name]) => name === event)) {
      for (const name of read.filter((other) => other !== event)) {
        expect([name, parseWebhook(name, sample).kind]).toEqual([name, "unfit"]);
      }
    }
  });
});

test("no body crashes the parser", () => {
  fc.assert(
    fc.property(fc.constantFrom(...read, "ping", "constructor"), fc.jsonValue(), (event, value) => {
      expect(parseWebhook(event, value)).toHaveProperty("kind");
    }),
  );
});
