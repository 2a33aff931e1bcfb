import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { listAuditEntries } from "@branchline/core/audit/queries";
import { claimDeployment } from "@branchline/core/deployments/claim";
import { getDeployment } from "@branchline/core/deployments/queries";
import { readChunks, readWholeLog } from "@branchline/core/logs/queries";
import { gapText } from "@branchline/core/logs/rules";
import { createSecrets, createTail, type Tail } from "@branchline/logs";
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alarm } from "./alarm.ts";
import { type LogOptions, openLog } from "./log.ts";

let database: TestDatabase;
let redis: TestRedis;
let tail: Tail;
beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  tail = createTail(redis.url);
});
afterAll(async () => {
  await tail.close();
  await Promise.all([redis.close(), database.close()]);
});

async function openedLog(values: string[], limits?: LogOptions["limits"]) {
  const { db } = database;
  const given = givenIn(db);
  const organization = await given.organization();
  const service = await given.service(organization);
  const { deploymentId } = await given.deployment(organization, service);
  const claim = await claimDeployment(db, deploymentId, new Date());
  if (claim === null) throw new Error("The deployment could not be claimed.");
  const parts = { db, tail, now: () => new Date(), doorbell: organization.ctx.doorbell };
  const log = openLog(parts, claim, {
    secrets: createSecrets(values.map((value) => ({ name: "A_PARAMETER", value }))),
    onLost: () => undefined,
    gone: AbortSignal.abort(),
    onLeaks: (leaks) => alarm({ parts, work: claim, log }, leaks),
    ...(limits === undefined ? {} : { limits }),
  });
  return {
    claim,
    ctx: organization.ctx,
    log,
    chunks: () => readChunks(db, deploymentId, null, 10_000),
    async text() {
      let text = "";
      for await (const part of readWholeLog(db, deploymentId)) text += part;
      return text.replaceAll(/\u001b\[\d+m/g, "");
    },
  };
}

test("what becomes secret while the log is open is hidden from then on, in what Branchline says as well", async () => {
  const { log, text } = await openedLog(["a-parameter"]);
  await log.output(Buffer.from("a-parameter and session-of-aws\n"), "stdout");
  log.hide("a session", ["session-of-aws"]);
  await log.output(Buffer.from("session-of-"), "stderr");
  await log.output(Buffer.from("aws\n"), "stderr");
  await log.say("AWS refused session-of-aws.");
  await log.end();
  expect(await text()).toBe("*** and session-of-aws\n***\n▸ AWS refused ***.\n");
});

test("a failure is told at a tool's line, also where ours name it; where no tool wrote a line, at ours", async () => {
  const { log } = await openedLog([]);
  await log.say("Error: is our word");
  expect(log.failureLine(1)).toBe(1);
  await log.output(Buffer.from("one\nError: it broke\ntwo\n"), "stdout");
  await log.say("after it");
  expect(log.failureLine(1)).toBe(3);
  await log.output(Buffer.from("three\n"), "stdout");
  await log.say("the end");
  expect([log.failureLine(5), log.failureLine(7)]).toEqual([6, 7]);
  await log.end();
});

test("a step's last half line is stored before the next step begins", async () => {
  const { log, text } = await openedLog(["half-of-a-secret"]);
  await log.output(Buffer.from("no end, half-of-a"), "stdout");
  await log.endStep();
  expect(await text()).toBe("no end, half-of-a\n");
  await log.say("next");
  await log.output(Buffer.from("-secret\n"), "stdout");
  await log.end();
  expect(await text()).toBe("no end, half-of-a\n▸ next\n-secret\n");
});

test("a line without end is one line in the log as text, whatever it was cut into", async () => {
  const { log, chunks, text } = await openedLog([]);
  const line = "ü".repeat(100_000);
  await log.output(Buffer.from(`before\n${line}`), "stdout");
  await log.output(Buffer.from(`${line}\nafter\n`), "stdout");
  await log.end();
  expect(await text()).toBe(`before\n${line}${line}\nafter\n`);
  expect((await chunks()).map(({ lineCount, continues }) => [lineCount, continues])).toEqual([
    [2, false],
    ...Array(5).fill([1, true]),
    [2, true],
  ]);
});

test("threat 38: a build prints a parameter in base64 twice: an alarm on its page and in the audit, and ***", async () => {
  const { log, text, ctx, claim } = await openedLog(["a-parameter-of-ours"]);
  const twice = Buffer.from(Buffer.from("a-parameter-of-ours").toString("base64")).toString("base64");
  await log.output(Buffer.from(`one\ntwo ${twice}\n`), "stdout");
  await log.end();
  const { number } = await ctx.db.deployment.findUniqueOrThrow({ where: { id: claim.deploymentId } });
  const leaks = [{ secret: "A_PARAMETER", how: "base64", line: 2 }];
  expect(await getDeployment(ctx, number)).toMatchObject({ leaks });
  const audited = await listAuditEntries(ctx);
  expect(audited[0]).toMatchObject({ action: "deployment.raise_alarm", subjectName: `#${number}`, detail: { leaks } });
  expect(await text()).toMatch(/^one\ntwo \*\*\*\n▸ Line 2 printed A_PARAMETER in .* Rotate it/);
  expect(log.failureLine(1)).toBe(2);
  expect(JSON.stringify([audited, await text()])).not.toContain(twice.slice(0, 12));
});

describe("fault 44: a flood is kept as its head and its tail with a mark between, in little memory, and takes no line of another build", () => {
  const limits = { headBytes: 256 * 1024, tailBytes: 1024 * 1024, bytesPerSecond: 1e9, burstBytes: 1e9 };
  const line = (number: number) => `line ${number} of the flood\n`;
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  /** What is kept: buffers that are not may take a few rounds to go. */
  async function keptBytes(): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round += 1) {
      collect();
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      least = Math.min(least, arrayBuffers + heapUsed);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return least;
  }

  test("and a failure behind the mark is found", async () => {
    const [flood, other] = await Promise.all([openedLog([], limits), openedLog([], limits)]);
    const size = 8 * 1024 * 1024;
    let [written, lines, most, keptAtFirst] = [0, 0, 0, 0];
    const before = process.memoryUsage().arrayBuffers;
    const others = (async () => {
      for (let at = 1; at <= 100; at += 1) await other.log.output(Buffer.from(`calm ${at}\n`), "stdout");
      await other.log.end();
    })();
    while (written < size) {
      const piece = Buffer.from(Array.from({ length: 2_000 }, (_, at) => line(lines + at + 1)).join(""));
      await flood.log.output(piece, "stdout");
      if (lines === 100_000) await flood.log.output(Buffer.from("Error: in the middle\n"), "stderr");
      lines += 2_000;
      written += piece.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      if (keptAtFirst === 0 && written > size / 4) keptAtFirst = await keptBytes();
    }
    // Of the six megabytes since then.
    expect((await keptBytes()) - keptAtFirst).toBeLessThan(size / 4);
    await flood.log.output(Buffer.from("Error: at the end\nbye\n"), "stdout");
    await flood.log.end();
    await others;

    const text = (await flood.text()).split("\n");
    const mark = text.findIndex((each) => each.startsWith("…"));
    const behind = Number(/\d+/.exec(text[mark + 1] ?? "")?.[0]);
    expect(text.slice(0, mark).join("\n")).toBe(
      Array.from({ length: mark }, (_, at) => line(at + 1))
        .join("")
        .trimEnd(),
    );
    // One line more was written than is numbered: the error in the middle.
    expect(text[mark]).toBe(gapText(behind - mark));
    expect(text.slice(mark + 1, -3)).toEqual(
      Array.from({ length: lines - behind + 1 }, (_, at) => line(behind + at).trim()),
    );
    expect(text.slice(-3)).toEqual(["Error: at the end", "bye", ""]);
    const kept = (await flood.chunks()).reduce((sum, chunk) => sum + chunk.text.length, 0);
    expect(kept).toBeGreaterThan(limits.headBytes + limits.tailBytes);
    expect(kept).toBeLessThan((limits.headBytes + limits.tailBytes) * 1.1);
    expect(most).toBeLessThan(32 * 1024 * 1024);
    expect(flood.log.failureLine(1)).toBe(lines + 2);
    expect(await other.text()).toBe(Array.from({ length: 100 }, (_, at) => `calm ${at + 1}\n`).join(""));
  });

  test("also when another worker goes on with it", async () => {
    const { log, claim, chunks } = await openedLog([], limits);
    const flood = (of: typeof log) => of.output(Buffer.from(line(1).repeat(100_000)), "stdout");
    await flood(log);
    await log.end();
    const { epoch, logLines } = await database.db.deployment.update({
      where: { id: claim.deploymentId },
      data: { epoch: { increment: 1 } },
    });
    const next = openLog(
      { db: database.db, tail },
      { ...claim, epoch, firstLine: logLines + 1 },
      {
        secrets: createSecrets([]),
        onLost: () => undefined,
        gone: AbortSignal.abort(),
        onLeaks: async () => undefined,
        limits,
      },
    );
    await flood(next);
    await next.end();
    const all = await chunks();
    expect(all[0]).toMatchObject({ epoch: claim.epoch, firstLine: 1 });
    expect(all.at(-1)).toMatchObject({ epoch });
    const kept = all.reduce((sum, chunk) => sum + chunk.text.length, 0);
    expect(kept).toBeLessThan((limits.headBytes + limits.tailBytes) * 1.1);
  });

  test("and it is held back to its pace", async () => {
    const { log } = await openedLog([], { ...limits, bytesPerSecond: 100_000, burstBytes: 50_000 });
    const at = performance.now();
    for (let piece = 0; piece < 2; piece += 1) await log.output(Buffer.from("x\n".repeat(50_000)), "stdout");
    expect(performance.now() - at).toBeGreaterThan(1_450);
    await log.end();
  });
});
