import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMask } from "./mask.ts";

function masked(secrets: string[], pieces: Uint8Array[]): string {
  const mask = createMask(secrets);
  return Buffer.concat([...pieces.map((piece) => mask.write(piece)), mask.end()]).toString("utf8");
}

function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...pieces, bytes.subarray(at)];
}

const secret = "correct horse+battery/staple=9";
const forms: [string, string][] = [
  ["raw", secret],
  ["JSON", JSON.stringify({ secret })],
  ["JSON in JSON", JSON.stringify(JSON.stringify({ secret }))],
  ["URL", encodeURIComponent(secret)],
  ["base64", Buffer.from(secret).toString("base64")],
  ["base64 behind a user", Buffer.from(`u:${secret}`).toString("base64")],
  ["base64 behind two bytes", Buffer.from(`ab${secret}xyz`).toString("base64")],
  ["base64url", Buffer.from(secret).toString("base64url")],
  ["hex", Buffer.from(secret).toString("hex")],
  ["HEX", Buffer.from(secret).toString("hex").toUpperCase()],
];

describe("the mask", () => {
  test.each(forms)("hides a secret as %s, wherever it is cut", (_, form) => {
    const text = Buffer.from(`before ${form} after\n`);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 })), (sizes) => {
        const shown = masked([secret], cut(text, sizes));
        expect(shown).toContain("***");
        expect(shown).toMatch(/^before .* after\n$/s);
        expect(shown).not.toContain(form.slice(5, -5));
      }),
    );
  });

  test("hides any secret in any text, at any cut", () => {
    const word = fc
      .string({ minLength: 6, maxLength: 30, unit: "grapheme-ascii" })
      .filter((text) => text.trim().length >= 6);
    fc.assert(
      fc.property(word, fc.string(), fc.string(), fc.array(fc.nat({ max: 7 })), (needle, before, after, sizes) => {
        const shown = masked([needle], cut(Buffer.from(before + needle + after), sizes));
        fc.pre(!`${before}***${after}`.includes(needle));
        expect(shown).not.toContain(needle);
      }),
    );
  });

  test("leaves everything else as it is, byte for byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat({ max: 50 })), (bytes, sizes) => {
        const mask = createMask(["never-in-random-bytes"]);
        const pieces = cut(Buffer.from(bytes), sizes).map((piece) => mask.write(piece));
        expect(Buffer.compare(Buffer.concat([...pieces, mask.end()]), Buffer.from(bytes))).toBe(0);
      }),
    );
  });

  test.each([
    `ghs_${"a1B2".repeat(9)}`,
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    `npm_${"x".repeat(36)}`,
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
  ])("hides a token that it was never told: %s", (token) => {
    for (let at = 0; at < token.length; at += 1) {
      const text = Buffer.from(`token=${token} end\n`);
      expect(masked([], cut(text, [6 + at]))).toBe("token=*** end\n");
    }
  });

  test("hides each line of a secret of several lines", () => {
    expect(masked(["first-line\nsecond-line"], [Buffer.from("x second-line y")])).toBe("x *** y");
  });
});

test("a long secret in wrapped base64 is hidden line by line", () => {
  const long = Array.from({ length: 40 }, (_, at) => `part ${at} ü`).join("/");
  const encoded = Buffer.from(long).toString("base64");
  for (const width of [64, 76]) {
    const wrapped = encoded.replace(new RegExp(`.{${width}}`, "g"), "$&\n");
    expect(masked([long], [Buffer.from(wrapped)])).toMatch(/^(\*\*\*\n)+\*\*\*$/);
  }
});

test("a secret that repeats without end is one mask, and is not kept in memory", () => {
  const mask = createMask(["abcabcabc"]);
  const piece = Buffer.from("abc".repeat(20_000));
  let shown = "";
  for (let at = 0; at < 50; at += 1) shown += mask.write(piece).toString();
  expect(shown + mask.end().toString()).toBe("***");
});

test("a key of 4,000 characters takes less than 20 MB, and a log of 16 MB a few seconds", () => {
  const key = Array.from({ length: 64 }, (_, at) => `${at}`.padEnd(62, "Kx+/")).join("\n");
  const line = Buffer.from(`${"INFO deploying function orders to staging ".repeat(8)}\n`);
  const piece = Buffer.concat(Array.from({ length: 190 }, () => line));
  // Of this thread alone, as others may run beside it.
  const before = process.memoryUsage().arrayBuffers;
  const mask = createMask([key, "correct horse battery staple", "hunter2hunter2"]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
  const at = performance.now();
  for (let size = 0; size < 16 * 1024 * 1024; size += piece.length) mask.write(piece);
  expect(performance.now() - at).toBeLessThan(8_000);
});
