import { createHmac } from "node:crypto";
import type { EmitterWebhookEvent, EmitterWebhookEventName } from "@octokit/webhooks";
import examples from "@octokit/webhooks-examples";
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { parseWebhook } from "./parse.ts";
import type {
  installationBody,
  installationRepositoriesBody,
  pullRequestBody,
  pushBody,
  repositoryBody,
} from "./schemas.ts";
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
const read = ["push", "installation", "installation_repositories", "pull_request", "repository"];

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

test("a push fits no event at all but push, and nothing else fits push", () => {
  const names = [...new Set(samples.map(([name]) => name)), "star", "made_up"].filter((name) => name !== "push");
  for (const [name, sample] of samples) {
    const others = name === "push" ? names.filter((one) => one !== "ping") : ["push"];
    for (const event of others) expect([name, event, parseWebhook(event, sample).kind]).toEqual([name, event, "unfit"]);
  }
});

test("threat 3: a body of any other event under the name repository, which would remove or rename one: unfit", () => {
  for (const [name, sample] of samples.filter(([event]) => event !== "repository")) {
    const parsed = parseWebhook("repository", sample);
    // One that speaks of the repository alone is not told apart, and says nothing that we follow.
    const harmless = parsed.kind === "repository" && !["deleted", "renamed", "transferred"].includes(parsed.action);
    expect([name, parsed.kind === "unfit" || harmless]).toEqual([name, true]);
  }
});

test("whatever GitHub describes as one of these events fits, or this file does not compile", () => {
  type Body<Name extends EmitterWebhookEventName> = EmitterWebhookEvent<Name>["payload"];
  expectTypeOf<Body<"push">>().toExtend<z.input<typeof pushBody>>();
  expectTypeOf<Body<"installation">>().toExtend<z.input<typeof installationBody>>();
  expectTypeOf<Body<"installation_repositories">>().toExtend<z.input<typeof installationRepositoriesBody>>();
  expectTypeOf<Body<"pull_request">>().toExtend<z.input<typeof pullRequestBody>>();
  expectTypeOf<Body<"repository">>().toExtend<z.input<typeof repositoryBody>>();
});

test("no body crashes the parser", () => {
  fc.assert(
    fc.property(fc.constantFrom(...read, "ping", "constructor"), fc.jsonValue(), (event, value) => {
      expect(parseWebhook(event, value)).toHaveProperty("kind");
    }),
  );
});

test("a push whose sender GitHub does not know is a push all the same", () => {
  const [, push] = samples.find(([name]) => name === "push") ?? [];
  const { sender: _, ...body } = push as Record<string, unknown>;
  expect(parseWebhook("push", body)).toMatchObject({
    kind: "push",
    sender: { login: expect.any(String), githubId: null },
  });
});

test("an App that an enterprise installs belongs to its slug, and one without an account changes nothing", () => {
  const [, sample] = samples.find(([name]) => name === "installation") ?? [];
  const body = sample as { installation: object };
  const as = (account: object | null) => ({ ...body, installation: { ...body.installation, account } });
  expect(parseWebhook("installation", as({ id: 3, slug: "acme-group" }))).toMatchObject({
    account: { githubId: 3n, login: "acme-group", type: "Enterprise" },
  });
  expect(parseWebhook("installation", as(null))).toEqual({ kind: "other", event: "installation" });
});
