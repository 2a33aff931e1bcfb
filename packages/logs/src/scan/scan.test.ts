import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSecrets } from "../mask/secrets.ts";
import { createLogWriter } from "../writer.ts";
import { createScan, type Leak } from "./scan.ts";

const value = "correct horse+battery/staple=9";
const secrets = createSecrets([
  { name: "OTHER", value: "another-secret" },
  { name: "DB_PASSWORD", value },
]);

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const wrapped = (text: string) => text.replace(/.{76}/g, "$&\n");

/** Output through the mask, its chunks through the scan. */
function scanned(output: string, chunkBytesMax?: number): { text: string; leaks: Leak[] } {
  const scan = createScan(secrets);
  const leaks: Leak[] = [];
  let text = "";
  const writer = createLogWriter({
    secrets,
    firstLine: 1,
    ...(chunkBytesMax === undefined ? {} : { chunkBytesMax }),
    onChunk({ bytes, firstLine }) {
      const seen = scan.look(bytes, firstLine);
      leaks.push(...seen.leaks);
      text += seen.bytes.toString();
    },
  });
  writer.write("stdout", Buffer.from(output));
  writer.end("stdout");
  writer.flush();
  return { text, leaks };
}

const dump = `{"name":"DB_PASSWORD","value":"${value}","isSecret":true}`.repeat(3);
const encoded: [string, string, string][] = [
  ["base64 twice", base64(base64(value)), "base64"],
  ["base64 twice, without padding, for URLs", Buffer.from(base64(value)).toString("base64url"), "base64"],
  ["base64 twice, wrapped both times", wrapped(base64(wrapped(base64(dump)))), "base64"],
  ["base64 twice, with a user before it", base64(base64(`user:${value}`)), "base64"],
  ["base64 three times", base64(base64(base64(value))), "base64"],
  ["base64 twice, within a word", `xx${base64(base64(value))}`, "base64"],
  ["hex in base64", base64(Buffer.from(value).toString("hex")), "base64"],
  ["base64 in hex", Buffer.from(base64(value)).toString("hex"), "hex"],
  ["compressed, in base64", base64(gzipSync(dump)), "compressed base64"],
  ["backwards", [...value].reverse().join(""), "backwards"],
  ["one character at a time", [..."another-secret"].join(" "), "one character at a time"],
];

describe("threat 38: a secret is printed in more than one encoding: an alarm, and ***", () => {
  test.each(encoded)("%s", (_, text, how) => {
    const { leaks, text: shown } = scanned(`one\nbefore: ${text} :after\nthree\n`);
    const secret = how === "one character at a time" ? "OTHER" : "DB_PASSWORD";
    expect(leaks[0]).toEqual({ secret, how, line: 2 });
    expect(shown).toMatch(/^one\nbefore:? ?(?:\*\*\*\n?)+ ?:?after\nthree\n$/);
  });

  test("and nothing of the lines around it is lost", () => {
    const { text } = scanned(`first\nbase64 of it\n${base64(base64(`${value}.`))}\nthat was all\n`);
    expect(text).toBe("first\nbase64 of it\n***\nthat was all\n");
  });

  test("one character in each line", () => {
    const { leaks, text } = scanned(`first\n${[..."another-secret"].join("\n")}\nthat was all\n`);
    expect(leaks.length).toBeLessThanOrEqual(1);
    expect(text).toMatch(/^first\n(?:.?.?.?\n){3}(?:\*\*\*\n)+that was all\n$/);
  });

  test("across two chunks", () => {
    const { leaks, text } = scanned(`before\n${wrapped(base64(base64(dump)))}\nafter\n`, 200);
    expect(leaks.length).toBeGreaterThan(0);
    expect(text).toMatch(/\*\*\*\nafter\n$/);
  });

  test("a token of which we know nothing", () => {
    const { leaks } = scanned(`${base64(`ghp_${"a1B2".repeat(9)}`)}\n`);
    expect(leaks).toEqual([{ secret: "a token", how: "base64", line: 1 }]);
  });
});

test("what is no secret is no alarm, and stays byte for byte", () => {
  const words = fc.constantFrom(
    "sha512-Kx2sZSvBpwmGHD3RxHLAXnV1GsOAqlJ0Hj9iGBxgsqd==",
    "arn:aws:lambda:us-east-1:222233334444:function:orders-staging-orders",
    "node_modules/@aws-sdk/client-cloudformation/dist-cjs/index.js",
    "eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImluZGV4LnRzIl19",
    base64("The quick brown fox jumps over the lazy dog"),
    base64(gzipSync("The quick brown fox jumps over the lazy dog".repeat(9))),
    "3f786850e387550fdab836ed7e6dc881de23001b",
    "a b c d e f g h i j k l m",
    "ls -la | grep x | sort | uniq",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 20 }), fc.integer({ min: 50, max: 500 }), (lines, chunkBytesMax) => {
      const text = lines.map((line) => `${line}\n`).join("");
      expect(scanned(text, chunkBytesMax)).toEqual({ text, leaks: [] });
    }),
  );
});

test.each([
  base64(Buffer.alloc(24_000, "aB9")),
  base64(base64(Buffer.alloc(18_000, "aB9"))),
  "aB".repeat(16_000),
  "4142".repeat(8_000),
  "a ".repeat(16_000),
  ", ,".repeat(10_000),
  base64(gzipSync(Buffer.alloc(50_000_000))).repeat(40),
])("lines that are made to be slow to look at are looked at in a moment: %#", (text) => {
  const scan = createScan(secrets);
  const before = process.threadCpuUsage();
  scan.look(Buffer.from(`${text.slice(0, 32_000)}\n`), 1);
  // Of this thread's own time, in microseconds.
  expect(process.threadCpuUsage(before).user).toBeLessThan(500_000);
});

test("after so many alarms there is nothing more to tell", () => {
  const { leaks } = scanned(`${base64(base64(value))}\n`.repeat(5_000), 2_000);
  expect(leaks.length).toBeGreaterThanOrEqual(20);
  expect(leaks.length).toBeLessThan(200);
});
