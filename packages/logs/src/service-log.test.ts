import { pino } from "pino";
import { expect, test } from "vitest";
import { maskedOutput } from "./service-log.ts";

const variables = {
  GITHUB_APP_PRIVATE_KEY:
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----\n",
  GITHUB_WEBHOOK_SECRET: "the-webhook's-secret",
  SECRETS_RECIPIENT: "age1recipient",
  DATABASE_URL: "postgres://branchline:the%20password@localhost:5440/branchline",
  EMPTY_SECRET: "",
  WEB_URL: "https://branchline.example",
};

function logged(write: (log: ReturnType<typeof pino>) => void): string {
  let text = "";
  write(
    pino(
      { base: null },
      maskedOutput(variables, (line) => (text += line)),
    ),
  );
  return text;
}

test.each([
  ["a secret of the environment", variables.GITHUB_WEBHOOK_SECRET],
  ["a key, as JSON writes it", variables.GITHUB_APP_PRIVATE_KEY],
  ["a password of an address", "can't connect to postgres://branchline:the%20password@localhost"],
  ["a password by itself", "the password"],
  ["a token that was made a moment ago", `Bearer ghs_${"a1B2".repeat(9)}`],
])("threat 53: a line of our own log holds %s: ***", (_, text) => {
  const line = logged((log) => log.error({ err: new Error(text), headers: { authorization: text } }, text));
  expect(line).toContain("***");
  expect(line).not.toMatch(/webhook's|MIIEv|the%20password|the password|a1B2/);
  expect(JSON.parse(line)).toMatchObject({ level: 50 });
});

test("what is no secret stays", () => {
  const line = logged((log) => log.info({ url: variables.WEB_URL, recipient: variables.SECRETS_RECIPIENT }, "ready"));
  expect(JSON.parse(line)).toMatchObject({
    url: variables.WEB_URL,
    recipient: variables.SECRETS_RECIPIENT,
    msg: "ready",
  });
});
