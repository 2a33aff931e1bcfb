import { randomBytes } from "node:crypto";
import { createLogWriter, createMask, createScan, createSecrets, type Secrets } from "@branchline/logs";
import type { Benchmark, Row } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";

const rounds = 7;
const roundBytes = 64 * 1024 * 1024;
/** As a pipe gives them. */
const pieceBytes = 65_536;
const floodBytes = 1024 * 1024 * 1024;
const lineBytes = 200 * 1024 * 1024;

const logLine =
  "INFO deploying function orders to staging bucket s3://acme-deploys/2026/11 (12.5 kB) sha256:3f786850e387550fdab836ed7e6dc881de23001b\n";
const colouredLine =
  "\u001b[36mINFO\u001b[0m deploying \u001b[1morders\u001b[22m to staging bucket \u001b[4ms3://acme-deploys/2026/11\u001b[24m (12.5 kB)\n";

/** The mask with 100 secrets in all their encodings, against a pass that finds each line's end and copies the bytes. */
export const mask: Benchmark = {
  name: "mask",
  async run() {
    const values = Array.from({ length: 100 }, () => randomBytes(24).toString("base64"));
    const secrets = createSecrets(values.map((value, at) => ({ name: `parameter ${at}`, value })));
    const leaking = `${logLine.repeat(9)}${logLine.replace("orders", values[7] ?? "")}`;
    return [...compare(secrets, leaking), flood(secrets), endlessLine(secrets)];
  },
};

type Pass = { name: string; piece: Buffer; over(piece: Buffer): unknown };

/** What slows this machine down for a while slows all down: a round is one of each, and the ratio is the rounds' median. */
function compare(secrets: Secrets, leaking: string): Row[] {
  const masked = (name: string, line: string): Pass => {
    return { name, piece: pieceOf(line), over: createMask(secrets).write };
  };
  const writer = scannedWriter(secrets);
  const passes: Pass[] = [
    { name: "plain: find each line's end, copy", piece: pieceOf(logLine), over: copyLines },
    masked("mask, 100 secrets", logLine),
    masked("mask, coloured output", colouredLine),
    masked("mask, a secret in every tenth line", leaking),
    {
      name: "all of it: clean, mask, lines, chunks, scan",
      piece: pieceOf(logLine),
      over: (piece) => writer.write("stdout", piece),
    },
  ];
  const measured = Array.from({ length: rounds + 1 }, () => passes.map(megabytesPerSecond)).slice(1);
  writer.flush();
  return passes.map(({ name }, place) => ({
    name,
    "MB / s": rounded(
      quantile(
        measured.map((round) => round[place] as number),
        0.5,
      ),
    ),
    ratio: rounded(
      quantile(
        measured.map((round) => (round[place] as number) / (round[0] as number)),
        0.5,
      ),
      2,
    ),
  }));
}

function pieceOf(line: string): Buffer {
  return Buffer.from(line.repeat(Math.ceil(pieceBytes / line.length))).subarray(0, pieceBytes);
}

function copyLines(piece: Buffer): Buffer {
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1));
  return Buffer.from(piece);
}

function megabytesPerSecond({ piece, over }: Pass): number {
  const begun = performance.now();
  for (let size = 0; size < roundBytes; size += piece.length) over(piece);
  return roundBytes / 1_000 / (performance.now() - begun);
}

/** All that happens to output before it is stored. */
function scannedWriter(secrets: Secrets) {
  const scan = createScan(secrets);
  return createLogWriter({
    secrets,
    firstLine: 1,
    onChunk: ({ bytes, firstLine }) => void scan.look(bytes, firstLine),
  });
}

/** Everything that a deployment's log keeps in memory while 1 GB goes through it. */
function flood(secrets: Secrets): Row {
  return through("a flood of 1 GB", secrets, pieceOf(logLine), floodBytes);
}

function endlessLine(secrets: Secrets): Row {
  return through("one line of 200 MB", secrets, pieceOf("x".repeat(997)), lineBytes);
}

function through(name: string, secrets: Secrets, piece: Buffer, bytes: number): Row {
  const before = process.memoryUsage().rss;
  let most = before;
  const writer = scannedWriter(secrets);
  const begun = performance.now();
  for (let size = 0; size < bytes; size += piece.length) {
    writer.write("stdout", piece);
    most = Math.max(most, process.memoryUsage.rss());
  }
  writer.end("stdout");
  writer.flush();
  return {
    name,
    "MB / s": rounded(bytes / 1_000 / (performance.now() - begun)),
    "more memory, MB": rounded((most - before) / 1024 / 1024),
  };
}
