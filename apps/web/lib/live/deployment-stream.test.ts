import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { claimDeployment } from "@branchline/core/deployments/claim";
import { finishDeployment } from "@branchline/core/deployments/finish";
import { appendChunk } from "@branchline/core/logs/append";
import { readWholeLog } from "@branchline/core/logs/queries";
import { createTail, type Tail } from "@branchline/logs";
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeIdleSockets } from "../idle-sockets.ts";
import { deploymentFrames } from "./deployment-frames.ts";
import { eventStream } from "./event-stream.ts";
import { positionOf } from "./frames.ts";

let database: TestDatabase;
let redis: TestRedis;
let tail: Tail;
let server: Server;
let address: string;

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  tail = createTail(redis.url);
  closeIdleSockets(1_500);
  server = createServer((request, response) => {
    const leaving = new AbortController();
    response.on("close", () => leaving.abort());
    const deploymentId = (request.url ?? "").slice(1);
    const id = request.headers["last-event-id"];
    const after = positionOf(typeof id === "string" ? id : null);
    const { body, headers } = eventStream(leaving.signal, (signal) =>
      counted(deploymentFrames({ db: database.db, tail, deploymentId, after, signal })),
    );
    response.writeHead(200, Object.fromEntries(headers));
    if (body !== null)
      Readable.from(body)
        .on("error", () => response.destroy())
        .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await tail.close();
  await redis.close();
  await database.close();
});

/** Characters that were taken from the work of all streams. */
let taken = 0;

async function* counted(frames: AsyncGenerator<string>): AsyncGenerator<string> {
  for await (const frame of frames) {
    taken += frame.length;
    yield frame;
  }
}

async function runningDeployment() {
  const given = givenIn(database.db);
  const organization = await given.organization();
  const { ctx } = organization;
  const service = await given.service(organization);
  const { deploymentId } = await given.deployment(organization, service);
  const claim = await claimDeployment(database.db, deploymentId, new Date());
  if (claim === null) throw new Error("The deployment could not be claimed.");
  return { ctx, claim, deploymentId };
}

type Writing = { pace?: () => Promise<unknown>; padding?: string };
type Running = Awaited<ReturnType<typeof runningDeployment>>;

/** Writes chunks as a worker does, a few at a time, and ends the deployment. */
async function write({ ctx, claim, deploymentId }: Running, chunks: number, { pace, padding = "" }: Writing = {}) {
  const hash = createHash("sha256");
  let firstLine = 1;
  for (let seq = 1; seq <= chunks; seq += 1) {
    const lines = Array.from({ length: 1 + (seq % 9) }, (_, at) => `${firstLine + at} data: event: eof ☃${padding}`);
    const text = `${lines.join("\n")}\n`;
    hash.update(text);
    const chunk = {
      deploymentId,
      epoch: claim.epoch,
      seq,
      firstLine,
      lineCount: lines.length,
      continues: false,
      bytes: Buffer.from(text),
    };
    expect(await appendChunk(database.db, chunk)).not.toBe(null);
    await tail.publish(deploymentId, "log");
    firstLine += lines.length;
    await pace?.();
  }
  await finishDeployment(ctx, claim, { status: "succeeded", facts: {}, outputs: [] });
  await tail.publish(deploymentId, "status");
  return hash.digest("hex");
}

type Read = { text: string; lastId: string | null; isOver: boolean };

/** Reads a connection until so many bytes came, as a browser whose network goes away anywhere in a frame. */
async function readOnce(deploymentId: string, before: string | null, cutAfterBytes: number): Promise<Read> {
  const cut = new AbortController();
  const response = await fetch(`${address}/${deploymentId}`, {
    signal: cut.signal,
    headers: before === null ? {} : { "last-event-id": before },
  });
  const read: Read = { text: "", lastId: before, isOver: false };
  const decoder = new TextDecoder();
  let [bytes, pending] = [0, ""];
  try {
    for await (const piece of response.body ?? []) {
      const kept = piece.subarray(0, cutAfterBytes - bytes);
      bytes += kept.length;
      const frames = (pending + decoder.decode(kept, { stream: true })).split("\n\n");
      pending = frames.pop() ?? "";
      for (const frame of frames) take(frame, read);
      if (bytes >= cutAfterBytes || read.isOver) break;
    }
  } finally {
    cut.abort();
  }
  return read;
}

function take(frame: string, read: Read): void {
  const fields = Object.fromEntries(
    frame.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  if (fields.event === "eof") read.isOver = true;
  if (fields.event !== "log") return;
  read.text += (JSON.parse(fields.data ?? "") as { text: string }).text;
  read.lastId = fields.id ?? null;
}

describe("the live log", () => {
  it("fault 47: a hundred connections that are cut anywhere lose and double no line of a log that grows", async () => {
    const running = await runningDeployment();
    const reads: Promise<string> = (async () => {
      const hash = createHash("sha256");
      let [lastId, cuts, isOver]: [string | null, number, boolean] = [null, 0, false];
      while (!isOver) {
        const bytes = cuts < 100 ? 40 + Math.floor(Math.random() * 1_500) : Number.POSITIVE_INFINITY;
        const read: Read = await readOnce(running.deploymentId, lastId, bytes);
        hash.update(read.text);
        ({ lastId, isOver } = read);
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(100);
      return hash.digest("hex");
    })();
    const written = await write(running, 400, { pace: () => new Promise((resolve) => setImmediate(resolve)) });
    expect(await reads).toBe(written);
    const stored = createHash("sha256");
    for await (const text of readWholeLog(database.db, running.deploymentId)) stored.update(text);
    expect(stored.digest("hex")).toBe(written);
  });

  it("fault 48: a reader who takes nothing fills no memory, is dropped, and goes on where it was", async () => {
    const running = await runningDeployment();
    const written = await write(running, 500, { padding: "x".repeat(8_000) });
    taken = 0;
    const socket = connect(Number(new URL(address).port), "127.0.0.1");
    socket.pause();
    socket.write(`GET /${running.deploymentId} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    const [response] = (await once(server, "request")).slice(1) as [ServerResponse];
    await once(response, "close");
    // What the kernel's own buffers take, and no more: the log has 20 MB.
    expect(taken).toBeLessThan(12_000_000);
    const got: Buffer[] = [];
    socket.on("data", (bytes) => got.push(bytes)).on("error", () => undefined);
    socket.resume();
    await once(socket, "close");
    const first: Read = { text: "", lastId: null, isOver: false };
    for (const frame of Buffer.concat(got).toString("utf8").split("\n\n").slice(0, -1)) take(frame, first);
    const rest = await readOnce(running.deploymentId, first.lastId, Number.POSITIVE_INFINITY);
    expect(
      createHash("sha256")
        .update(first.text + rest.text)
        .digest("hex"),
    ).toBe(written);
  });

  it("threat 36: a build prints frames and ends of the stream: text, and one true end", async () => {
    const { ctx, claim, deploymentId } = await runningDeployment();
    const lines = [
      "x",
      "",
      "event: eof",
      'data: {"status":"succeeded"}',
      "",
      "id: 9.9",
      "retry: 1",
      ": still here",
      "",
      "",
    ];
    const text = `${lines.join("\n")}\r\n\u2028event: eof\u0085data: 1\n`;
    const bytes = Buffer.from(text);
    const lineCount = text.split("\n").length - 1;
    await appendChunk(database.db, { ...claim, seq: 1, firstLine: 1, lineCount, continues: false, bytes });
    await finishDeployment(ctx, claim, { status: "failed", facts: { reason: "tests_failed" }, outputs: [] });
    const response = await fetch(`${address}/${deploymentId}`);
    const frames = (await response.text()).split("\n\n").filter((frame) => frame.includes("event: "));
    const kindOf = (frame: string) => /^(?:id: [\d.]+\n)?event: (\w+)\ndata: [^\r\n]*$/.exec(frame)?.[1];
    expect(frames.map(kindOf)).toEqual(["status", "log", "eof"]);
    expect(frames.at(-1)).toContain('"status":"failed"');
    expect((await readOnce(deploymentId, null, Number.POSITIVE_INFINITY)).text).toBe(text);
  });

  it("gives a reader who comes afterwards the whole log and its end", async () => {
    const running = await runningDeployment();
    const written = await write(running, 50);
    const read = await readOnce(running.deploymentId, null, Number.POSITIVE_INFINITY);
    expect(read.isOver).toBe(true);
    expect(createHash("sha256").update(read.text).digest("hex")).toBe(written);
  });

  it("goes on without Redis, from the database alone", async () => {
    const running = await runningDeployment();
    const gone = createTail("redis://127.0.0.1:1/0");
    const ending = new AbortController();
    const frames = deploymentFrames({
      db: database.db,
      tail: gone,
      deploymentId: running.deploymentId,
      after: null,
      signal: ending.signal,
    });
    await write(running, 3);
    let text = "";
    for await (const frame of frames) text += frame;
    expect(text).toContain("event: eof");
    expect(text.match(/event: log/g)).toHaveLength(3);
    await gone.close();
  });
});
