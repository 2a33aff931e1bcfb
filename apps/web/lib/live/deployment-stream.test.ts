import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { claimDeployment } from "@branchline/core/deployments/claim";
import { finishDeployment } from "@branchline/core/deployments/finish";
import { appendChunk } from "@branchline/core/logs/append";
import { createTail, type Tail } from "@branchline/logs";
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
  server = createServer((request, response) => {
    const leaving = new AbortController();
    response.on("close", () => leaving.abort());
    const deploymentId = (request.url ?? "").slice(1);
    const id = request.headers["last-event-id"];
    const after = positionOf(typeof id === "string" ? id : null);
    const { body, headers } = eventStream(leaving.signal, (signal) =>
      deploymentFrames({ db: database.db, tail, deploymentId, after, signal }),
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

type Running = Awaited<ReturnType<typeof runningDeployment>>;

/** Writes chunks as a worker does, a few at a time, and ends the deployment. */
async function write({ ctx, claim, deploymentId }: Running, chunks: number, pace: () => Promise<unknown>) {
  const hash = createHash("sha256");
  let firstLine = 1;
  for (let seq = 1; seq <= chunks; seq += 1) {
    const lines = Array.from({ length: 1 + (seq % 9) }, (_, index) => `${firstLine + index} data: event: eof ☃`);
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
    await pace();
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
  it("loses and doubles no line over a hundred connections that are cut anywhere while it grows", {
    timeout: 60_000,
  }, async () => {
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
    const written = await write(running, 400, () => new Promise((resolve) => setImmediate(resolve)));
    expect(await reads).toBe(written);
  });

  it("gives a reader who comes afterwards the whole log and its end", async () => {
    const running = await runningDeployment();
    const written = await write(running, 50, async () => undefined);
    const read = await readOnce(running.deploymentId, null, Number.POSITIVE_INFINITY);
    expect(read.isOver).toBe(true);
    expect(createHash("sha256").update(read.text).digest("hex")).toBe(written);
  });

  it("goes on without Redis, from the database alone", { timeout: 30_000 }, async () => {
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
    await write(running, 3, async () => undefined);
    let text = "";
    for await (const frame of frames) text += frame;
    expect(text).toContain("event: eof");
    expect(text.match(/event: log/g)).toHaveLength(3);
    await gone.close();
  });
});

describe("an event stream", () => {
  async function* nothing(signal: AbortSignal) {
    while (!signal.aborted) {
      yield "";
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it("sends a heartbeat while nothing happens and ends by itself after its life", async () => {
    const limits = { lifeMs: 200, heartbeatMs: 40, graceMs: 1_000 };
    const response = eventStream(new AbortController().signal, nothing, limits);
    const text = await response.text();
    expect(text.match(/: still here/g)?.length).toBeGreaterThanOrEqual(2);
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  });

  it("takes no more from the work than its reader takes", async () => {
    let taken = 0;
    async function* much(signal: AbortSignal) {
      for (; !signal.aborted; taken += 1) yield "x".repeat(1_000);
    }
    const response = eventStream(new AbortController().signal, much, {
      lifeMs: 60_000,
      heartbeatMs: 1_000,
      graceMs: 10,
    });
    const reader = response.body?.getReader();
    for (let count = 0; count < 10; count += 1) await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(taken).toBeLessThanOrEqual(12);
    await reader?.cancel();
  });

  it("drops a reader who takes nothing once its life is over", async () => {
    async function* much(signal: AbortSignal) {
      while (!signal.aborted) yield "x";
    }
    const response = eventStream(new AbortController().signal, much, { lifeMs: 10, heartbeatMs: 1_000, graceMs: 20 });
    await new Promise((resolve) => setTimeout(resolve, 80));
    await expect(response.text()).rejects.toThrow("The reader took nothing.");
  });
});
