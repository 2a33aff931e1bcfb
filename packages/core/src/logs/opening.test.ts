import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readOpening } from "./queries.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const linesPerChunk = 400;

/** A log of so many chunks, each of 400 lines. @returns the numbers of the first and last line that it is opened with */
async function logOf(chunks: number, lineBytes: number) {
  const { db } = database;
  const given = givenIn(db);
  const organization = await given.organization();
  const { deploymentId } = await given.deployment(organization, await given.service(organization));
  const bytes = Buffer.from(`${"x".repeat(lineBytes - 1)}\n`.repeat(linesPerChunk));
  await db.logChunk.createMany({
    data: Array.from({ length: chunks }, (_, index) => ({
      ...{ deploymentId, epoch: index < chunks / 2 ? 1 : 2, seq: index + 1, bytes, lineCount: linesPerChunk },
      firstLine: index * linesPerChunk + 1,
      byteOffset: index * bytes.length,
    })),
  });
  return async (opensAt: number | "end" | null) => {
    const opening = await readOpening(db, deploymentId, opensAt);
    const [first, last] = [opening.chunks[0], opening.chunks.at(-1)];
    const size = opening.chunks.reduce((sum, { text }) => sum + text.length, 0);
    expect(size).toBeLessThan(256 * 1024);
    return { from: first?.firstLine, to: (last?.firstLine ?? 0) + linesPerChunk - 1, isFromStart: opening.isFromStart };
  };
}

test("a short log is opened whole, wherever it is opened", async () => {
  const open = await logOf(10, 40);
  for (const opensAt of [null, "end", 3_999] as const)
    expect(await open(opensAt)).toEqual({ from: 1, to: 4_000, isFromStart: true });
});

test("a long log is opened with what is to be seen first, and with no more than a page carries", async () => {
  const open = await logOf(100, 80);
  expect(await open(null)).toMatchObject({ from: 1, isFromStart: true });
  expect(await open("end")).toMatchObject({ to: 40_000, isFromStart: false });
  for (const line of [3_000, 20_000, 39_995]) {
    const { from = 0, to } = await open(line);
    expect(from).toBeLessThan(line - 400);
    expect(to).toBeGreaterThanOrEqual(Math.min(40_000, line + 200));
  }
});

test("a log without a line is opened as its beginning", async () => {
  const open = await logOf(0, 1);
  for (const opensAt of [null, "end", 1] as const) expect(await open(opensAt)).toMatchObject({ isFromStart: true });
});
