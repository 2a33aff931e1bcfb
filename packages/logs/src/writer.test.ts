import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogChunk } from "./chunk/chunker.ts";
import { cut } from "./testing/cut.ts";
import { secretsOf } from "./testing/secrets-of.ts";
import { createLogWriter, type LogWriterOptions } from "./writer.ts";

function writerOf(options: Partial<LogWriterOptions> = {}) {
  const chunks: LogChunk[] = [];
  const onChunk = (chunk: LogChunk) => chunks.push(chunk);
  const writer = createLogWriter({ secrets: secretsOf(), firstLine: 1, onChunk, ...options });
  const text = () => {
    writer.flush();
    return Buffer.concat(chunks.map(({ bytes }) => bytes)).toString("utf8");
  };
  return { writer, chunks, text };
}

test("every line is numbered once, in order, however the output is cut", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "ü", "\n", "—", " ") }).map((text) => Buffer.from(text));
  fc.assert(
    fc.property(fc.array(piece), fc.integer({ min: 1, max: 40 }), (pieces, chunkBytesMax) => {
      const { writer, chunks, text } = writerOf({ chunkBytesMax });
      for (const bytes of pieces) writer.write("stdout", bytes);
      writer.end("stdout");
      const written = Buffer.concat(pieces).toString("utf8");
      expect(text()).toBe(written === "" || written.endsWith("\n") ? written : `${written}\n`);
      let line = 1;
      chunks.forEach((chunk, index) => {
        expect(chunk.seq).toBe(index + 1);
        expect(chunk.firstLine).toBe(line);
        expect(chunk.bytes.toString().split("\n")).toHaveLength(chunk.lineCount + 1);
        line += chunk.lineCount;
      });
      expect(writer.nextLine()).toBe(line);
    }),
  );
});

test("half a line of one stream is joined with no other's, so two halves of a secret do not meet", () => {
  const { writer, text } = writerOf({ secrets: secretsOf("two-halves-of-it") });
  writer.write("stdout", Buffer.from("a two-halves"));
  writer.write("stderr", Buffer.from("-of-it b\n"));
  writer.end("stdout");
  expect(text()).toBe("-of-it b\na two-halves\n");
});

test("a secret that an escape sequence or a control character is in is hidden", () => {
  const { writer, text } = writerOf({ secrets: secretsOf("hunter2hunter2") });
  writer.write("stdout", Buffer.from("a hun\u001b]0;x\u0007ter2\u0000hun\u001b[2Kter2 b\n"));
  expect(text()).toBe("a *** b\n");
});

test("a line that goes on says so in its chunk, unless another stream's line came between", () => {
  const { writer, chunks, text } = writerOf({ lineBytesMax: 10 });
  writer.write("stdout", Buffer.from("0123456789abcdefghijklm"));
  writer.write("stderr", Buffer.from("between\n"));
  writer.end("stdout");
  expect(text()).toBe("0123456789\nabcdefghij\nbetween\nklm\n");
  expect(chunks.map(({ firstLine, continues }) => [firstLine, continues])).toEqual([
    [1, false],
    [2, true],
  ]);
});

test("what comes behind an end begins anew", () => {
  const { writer, text } = writerOf({ secrets: secretsOf("across-two-steps") });
  writer.write("stdout", Buffer.from("\u001b]0;no end: across-two"));
  writer.end("stdout");
  writer.write("stdout", Buffer.from("-steps\n"));
  expect(text()).toBe("-steps\n");
});

describe("fault 45: one line of 200 MB is cut every 64 KiB in little memory, and a secret across a cut is hidden", () => {
  /** The bench runs all of it. */
  const size = 8 * 1024 * 1024;

  test("of as many bytes as fit in a moment", () => {
    const secret = "a-secret-on-the-edge";
    let lines = 0;
    let leaked = 0;
    let last = "";
    const writer = createLogWriter({
      secrets: secretsOf(secret),
      firstLine: 1,
      onChunk({ bytes, lineCount, continues }) {
        lines += lineCount;
        const text = bytes.toString("latin1").slice(0, -1);
        expect(bytes.length).toBeLessThanOrEqual(65_537);
        expect(continues).toBe(lines > 1);
        if ((last + text).includes(secret)) leaked += 1;
        last = text.slice(-100);
      },
    });
    // Every few bytes one, so that some lie across each edge.
    const piece = Buffer.from(`${"x".repeat(45)}${secret}`.repeat(1_000));
    const before = process.memoryUsage().arrayBuffers;
    for (let written = 0; written < size; written += piece.length) writer.write("stdout", piece);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    writer.end("stdout");
    writer.flush();
    expect(leaked).toBe(0);
    expect(lines).toBeGreaterThan(60);
  });
});

describe("fault 46: NUL, invalid UTF-8, escapes and carriage returns are stored as lines of text and colours", () => {
  test("whatever bytes they are", () => {
    const unit = fc.constantFrom(..."\u001b[]0;?mJ\u0007\u0000\rx\\P\n\u009b ");
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit, maxLength: 40 }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.array(fc.nat({ max: 9 })), (pieces, sizes) => {
        const { writer, chunks } = writerOf({ lineBytesMax: 70, chunkBytesMax: 64 });
        for (const bytes of cut(Buffer.concat(pieces), sizes)) writer.write("stdout", bytes);
        writer.end("stdout");
        writer.flush();
        for (const { bytes, lineCount } of chunks) {
          const text = bytes.toString("latin1");
          expect(text.endsWith("\n")).toBe(true);
          expect(text.split("\n")).toHaveLength(lineCount + 1);
          expect(text.replace(/\u001b\[[\d:;]*m/g, "")).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
