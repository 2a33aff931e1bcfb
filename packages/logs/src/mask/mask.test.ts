import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCleaner } from "../clean/cleaner.ts";
import { cut } from "../testing/cut.ts";
import { secretsOf } from "../testing/secrets-of.ts";
import { createMask } from "./mask.ts";

function masked(secrets: string[], pieces: Uint8Array[]): string {
  const cleaner = createCleaner();
  const mask = createMask(secretsOf(...secrets));
  const shown = [...pieces, cleaner.end()].map((piece) => mask.write(cleaner.write(piece)));
  return Buffer.concat([...shown, mask.end()]).toString("utf8");
}

const secret = "correct horse+battery/staple='9\"&<ü";
const colour = "\u001b[38;5;196m";

/** What a secret may look like in a log: everything that reliability.md's section on masking lists. */
const forms: [string, string][] = [
  ["as it is", secret],
  ["with blanks that were made one", secret.replace(" ", " ")],
  ["in JSON", JSON.stringify({ secret })],
  ["in JSON in JSON", JSON.stringify(JSON.stringify({ secret }))],
  ["in ASCII JSON", JSON.stringify({ secret }).replace("ü", "\\u00fc")],
  ["in a URL", encodeURIComponent(secret)],
  ["in a form", new URLSearchParams({ secret }).toString().slice("secret=".length)],
  ["in a URL in lower case", encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in base64 behind one byte", Buffer.from(`u${secret}`).toString("base64")],
  ["in base64 behind a user", Buffer.from(`u:${secret}`).toString("base64")],
  ["in base64 behind three bytes", Buffer.from(`abc${secret}xyz`).toString("base64")],
  ["in base64 for URLs", Buffer.from(secret).toString("base64url")],
  ["in hex", Buffer.from(secret).toString("hex")],
  ["in HEX", Buffer.from(secret).toString("hex").toUpperCase()],
  ["in single quotes of a shell", secret.replaceAll("'", "'\\''")],
  ["in double quotes of a shell", secret.replaceAll('"', '\\"')],
  ["by printf %q", secret.replace(/[ '"&<]/g, "\\$&")],
  ["in XML", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;")],
  ["in an attribute", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")],
];

/** A form as a tool might print it: cut by a colour or wrapped, anywhere. */
function disturbed(form: string, place: number, disturbance: string): string {
  const characters = [...form];
  const at = place % characters.length;
  return characters.slice(0, at).join("") + disturbance + characters.slice(at).join("");
}

describe("threat 37: a secret is echoed in an encoding, cut, coloured or wrapped: it reads ***", () => {
  test.each(forms)("%s", (_, form) => {
    const disturbances = fc.constantFrom("", colour, `${colour}\u001b[0m`, "\n", "\r\n", `\u001b[0m\n${colour}`);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 })),
        fc.nat({ max: 200 }),
        disturbances,
        (sizes, place, disturbance) => {
          const text = Buffer.from(`before ${disturbed(form, place, disturbance)} after\n`);
          const shown = masked([secret], cut(text, sizes)).replace(/\u001b\[[\d;]*m/g, "");
          expect(shown).toContain("***");
          expect(shown).toMatch(/^before .* after\n$/s);
          expect(shown.replace(/\r?\n/g, "")).not.toContain(form.slice(7, -7));
        },
      ),
    );
  });

  test("any secret in any text, at any cut", () => {
    const word = fc
      .string({ minLength: 6, maxLength: 80, unit: "grapheme" })
      .filter((text) => Buffer.byteLength(text.trim()) >= 6 && !/\p{Cc}|\p{Cs}/u.test(text));
    fc.assert(
      fc.property(word, fc.string(), fc.string(), fc.array(fc.nat({ max: 7 })), (needle, before, after, sizes) => {
        const shown = masked([needle], cut(Buffer.from(before + needle + after), sizes));
        fc.pre(!`${before}***${after}`.includes(needle));
        expect(shown).not.toContain(needle);
      }),
    );
  });

  test("with colours before each of its characters", () => {
    const rainbow = [...secret].map((letter) => `${colour}${letter}`).join("");
    expect(masked([secret], [Buffer.from(`a ${rainbow}\u001b[0m b`)]).replace(/\u001b\[[\d;]*m/g, "")).toBe("a *** b");
  });

  test("one of its lines alone", () => {
    expect(masked(["first-line\nsecond-line"], [Buffer.from("x second-line y")])).toBe("x *** y");
  });

  test("a long one in base64, wrapped at any width or indented", () => {
    const long = Array.from({ length: 40 }, (_, at) => `part ${at} ü`).join("/");
    const encoded = Buffer.from(long).toString("base64");
    for (const width of [20, 64, 76, 100]) {
      const wrapped = encoded.replace(new RegExp(`.{${width}}`, "g"), "$&\r\n");
      expect(masked([long], [Buffer.from(wrapped)])).toMatch(/^(\*\*\*\r\n)+(\*\*\*)?$/);
    }
    expect(masked([long], [Buffer.from(encoded.replace(/.{64}/g, "$&\n    "))])).toMatch(/^(\*\*\*\n {4})+\*\*\*$/);
  });

  test("the first half of a long one", () => {
    const long = "a-long-secret-of-which-a-tool-shows-the-first-half-only-0123456789";
    expect(masked([long], [Buffer.from(`key: ${long.slice(0, 40)}…\n`)])).toBe("key: ***…\n");
  });

  test("told while the output is under way, from there on, also where it had begun", () => {
    const cleaner = createCleaner();
    const secrets = secretsOf("another-secret");
    const mask = createMask(secrets);
    const write = (text: string) => mask.write(cleaner.write(Buffer.from(text))).toString();
    let shown = write("a told-later another-sec");
    secrets.add(["told-later", "another-secret-of-two"].map((value) => ({ name: "later", value })));
    shown += write("ret-of-two b told-later c");
    expect(shown + mask.end().toString()).toBe("a told-later *** b *** c");
  });

  test("in an overlap with another, or around it", () => {
    expect(masked(["abcdefgh", "efghijkl"], [Buffer.from("1 abcdefghijkl 2")])).toBe("1 *** 2");
    expect(masked(["cdefgh", "abcdefghij"], [Buffer.from("1 abcdefghij 2")])).toBe("1 *** 2");
  });

  test("with half a character in it", () => {
    expect(masked(["half a pair \ud83d here"], [Buffer.from("a half a pair \ud83d here b")])).toBe("a *** b");
  });
});

test("everything else is left as it is, byte for byte", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat({ max: 50 })), (bytes, sizes) => {
      const mask = createMask(secretsOf("never-in-random-bytes"));
      const cleaned = createCleaner().write(bytes);
      const pieces = cut(cleaned, sizes).map((piece) => mask.write(piece));
      expect(Buffer.compare(Buffer.concat([...pieces, mask.end()]), cleaned)).toBe(0);
    }),
  );
});

test("a finished line is not held back for what only looks a little like a secret, or is one", () => {
  const mask = createMask(secretsOf("secret-of-the-house"));
  expect(mask.write(Buffer.from("this is the sec\n")).toString()).toBe("this is the sec\n");
  expect(mask.write(Buffer.from("the secret-of-the-house\n")).toString()).toBe("the ***\n");
});

test("a secret that repeats without end is one mask, and is not kept in memory", () => {
  const mask = createMask(secretsOf("abcabcabc"));
  const piece = Buffer.from("abc".repeat(20_000));
  let shown = "";
  for (let at = 0; at < 50; at += 1) shown += mask.write(piece).toString();
  expect(shown + mask.end().toString()).toBe("***");
});

test("a hundred keys of 4,000 characters take less than 100 MB", () => {
  const keys = Array.from({ length: 100 }, (_, key) =>
    Array.from({ length: 64 }, (_, at) => `${key}.${at}`.padEnd(62, "Kx+/")).join("\n"),
  );
  // Of this thread alone, as others may run beside it.
  const before = process.memoryUsage().arrayBuffers;
  secretsOf(...keys).automaton();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
});
