import { Prisma } from "@branchline/db";
import { type GivenService, givenIn } from "@branchline/testing/given";
import type { Dashboard } from "../dashboard.ts";

const linesPerChunk = 400;
const chunksAtOnce = 50;

/** One line in so many holds the needle. */
export const needle = { text: "needle", every: 1_000 };

/**
 * A deployment that ended, with a log of so many lines of about 80 characters, some of them coloured.
 * @returns its number
 */
export async function seedLog(
  { organization, ctx }: Dashboard,
  service: GivenService,
  { lines, failureLine }: { lines: number; failureLine: number | null },
): Promise<number> {
  const { db } = ctx;
  const { deploymentId, number } = await givenIn(db).deployment(organization, service);
  for (let first = 1; first <= lines; first += linesPerChunk * chunksAtOnce) {
    const rows = Array.from({ length: chunksAtOnce }, (_, index) => first + index * linesPerChunk)
      .filter((firstLine) => firstLine <= lines)
      .map((firstLine) => chunkOf(deploymentId, firstLine, Math.min(linesPerChunk, lines + 1 - firstLine)));
    await db.logChunk.createMany({ data: rows });
  }
  const at = new Date();
  const ended = { startedAt: at, finishedAt: at, epoch: 1, logLines: lines };
  await db.deployment.update({
    where: { id: deploymentId },
    data:
      failureLine === null
        ? { ...ended, status: "succeeded" }
        : { ...ended, status: "failed", reason: "deploy_failed", failureLine },
  });
  const phase = { deploymentId, epoch: 1, startedAt: at, finishedAt: at, status: "succeeded" } as const;
  await db.phase.createMany({
    data: [
      { ...phase, name: "install", firstLine: 1 },
      { ...phase, name: "deploy", firstLine: Math.ceil(lines / 2) },
    ],
  });
  await db.$executeRaw(Prisma.sql`ANALYZE log_chunks`);
  return number;
}

function chunkOf(deploymentId: string, firstLine: number, lineCount: number) {
  const lines = Array.from({ length: lineCount }, (_, index) => lineOf(firstLine + index));
  const bytes = Buffer.from(`${lines.join("\n")}\n`);
  const seq = (firstLine - 1) / linesPerChunk + 1;
  return { deploymentId, epoch: 1, seq, firstLine, lineCount, bytes };
}

function lineOf(number: number): string {
  const found = number % needle.every === 0 ? needle.text : "request";
  const text = `2026-11-24T10:00:00.000Z [orders] ${found} ${number} took ${number % 97} ms at /orders/${number * 7}`;
  return number % 10 === 0 ? `\u001b[32m✔\u001b[39m ${text}` : text;
}
