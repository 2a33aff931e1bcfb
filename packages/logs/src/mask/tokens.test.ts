import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createCleaner } from "../clean/cleaner.ts";
import { cut } from "../testing/cut.ts";
import { secretsOf } from "../testing/secrets-of.ts";
import { createMask } from "./mask.ts";

function masked(...pieces: (string | Buffer)[]): string {
  const cleaner = createCleaner();
  const mask = createMask(secretsOf());
  const shown = pieces.map((piece) => mask.write(cleaner.write(Buffer.from(piece))));
  return Buffer.concat([...shown, mask.end()]).toString("utf8");
}

const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
const tokens = {
  "GitHub App token": `ghs_${"a1B2".repeat(9)}`,
  "GitHub App token of the newer form": `ghs_123456_${jwt}`,
  "personal access token": `ghp_${"a1B2".repeat(9)}`,
  "OAuth token": `gho_${"a1B2".repeat(9)}`,
  "fine-grained token": `github_pat_11AAAAAAA0${"x".repeat(11)}_${"y".repeat(59)}`,
  "AWS access key": "AKIAIOSFODNN7EXAMPLE",
  "AWS session's key": "ASIAIOSFODNN7EXAMPLE",
  "AWS session token": `IQoJb3JpZ2luX2VjE${"Aa1/+b".repeat(60)}==`,
  "older AWS session token": `FwoGZXIvYXdzE${"Aa1/+b".repeat(60)}=`,
  "npm token": `npm_${"x".repeat(36)}`,
  "web token": jwt,
  "encrypted web token": `eyJlbmMiOiJBMjU2R0NNIn0.${"k".repeat(40)}.${"i".repeat(16)}.${"c".repeat(40)}.${"t".repeat(22)}`,
  "age identity": `AGE-SECRET-KEY-1${"QPZRY9X8".repeat(7)}QP`,
};

describe("a token that we were never told of is hidden", () => {
  test.each(Object.entries(tokens))("%s, wherever it is cut", (_, token) => {
    for (let at = 0; at < token.length; at += 1) {
      expect(masked(...cut(Buffer.from(`token=${token} end\n`), [6 + at]))).toBe("token=*** end\n");
    }
  });

  test.each(Object.entries(tokens))("%s, with colours in it", (_, token) => {
    for (const at of [1, 3, 9]) {
      const shown = masked(`token: ${token.slice(0, at)}\u001b[31m${token.slice(at)}\u001b[0m end\n`);
      expect(shown.replace(/\u001b\[\d+m/g, "")).toBe("token: *** end\n");
    }
  });

  test.each([
    "aws_secret_access_key = VALUE",
    "AWS_SECRET_ACCESS_KEY=VALUE",
    '{"SecretAccessKey": "VALUE", "x": 1}',
    '{\\"secretAccessKey\\":\\"VALUE\\"}',
  ])("an AWS secret key by the name before it: %s", (text) => {
    const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    expect(masked(`${text.replace("VALUE", secret)}\n`)).toBe(`${text.replace("VALUE", "***")}\n`);
  });

  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

  test("a private key, to its last line, wherever it is cut", () => {
    for (let at = 1; at < privateKey.length; at += 13) {
      const shown = masked(...cut(Buffer.from(`key:\n${privateKey}after\n`), [at]));
      expect(shown).toMatch(/^key:\n(\*\*\*\n)+after\n$/);
    }
  });

  test("a private key that is indented, or in JSON", () => {
    expect(masked(`key: |\n${privateKey.replace(/^/gm, "  ")}\nb: 1\n`)).toMatch(/^key: \|\n[ *\n]+b: 1\n$/);
    expect(masked(`{"key":${JSON.stringify(privateKey)},"b":1}\n`)).toBe('{"key":"***","b":1}\n');
  });
});

test.each([
  "expected -----BEGIN RSA PRIVATE KEY----- or a path\n    at parse (key.js:1:2)\n",
  "eyJ2ZXJzaW9uIjozfQ== is no web token\n",
  "the variables AKIA, npm_config_registry and ghp_ are names\n",
  "AWS_SECRET_ACCESS_KEY= is not set\n",
])("what only mentions a token stays: %j", (text) => {
  expect(masked(text).replace("***", "-----BEGIN RSA PRIVATE KEY----- or a path")).toBe(text);
});

test.each([
  "eyJ".repeat(20_000),
  "eyJaaaaaaaa.".repeat(5_000),
  "ghp_".repeat(15_000),
  `ghp_${".".repeat(60_000)}`,
  "-----BEGIN ".repeat(6_000),
  "AKIA".repeat(15_000),
  `${"secret_access_key ".repeat(3_000)}`,
  "-eyJaaaaaaaa-".repeat(5_000),
])("a line that is made to be slow to look at is looked at in a moment: %#", (line) => {
  const before = process.threadCpuUsage();
  masked(`${line}\n`);
  // Of this thread's own time, in microseconds.
  expect(process.threadCpuUsage(before).user).toBeLessThan(1_500_000);
});

test("a token across the pieces of a line without end is hidden", () => {
  const filler = "ghp_ word ".repeat(7_000);
  expect(masked(filler.slice(0, 65_500), tokens["npm token"], filler)).not.toContain("xxxxxxxx");
  expect(masked(`${filler}${tokens["npm token"].slice(0, 9)}`, `${tokens["npm token"].slice(9)} b`)).not.toContain(
    "xxxx",
  );
});
