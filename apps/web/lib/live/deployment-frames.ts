import { readLiveFacts } from "@branchline/core/deployments/queries";
import { isTerminal } from "@branchline/core/deployments/status";
import { type LogPosition, readChunks } from "@branchline/core/logs/queries";
import type { Db } from "@branchline/db";
import type { Tail } from "@branchline/logs";
import { frame, idOf } from "./frames";
import { wakeOn } from "./wake";

/** How long to wait for a hint before looking by ourselves: a lost hint loses this much time and nothing else. */
const lookAgainMs = 5_000;
/** Chunks of 32 KiB that are in memory at once for a reader: a log of a million lines has 2,500. */
const chunksAtOnce = 32;

type Options = { db: Db; tail: Tail; deploymentId: string; after: LogPosition | null; signal: AbortSignal };

/**
 * What a live page hears of one deployment: it subscribes first, then reads the chunks after its position, then follows.
 * A line can't fall between the two, and the chunk's number joins them, so none comes twice.
 */
export async function* deploymentFrames({ db, tail, deploymentId, after, signal }: Options): AsyncGenerator<string> {
  const wake = await wakeOn(tail, deploymentId, signal);
  const reader: Reader = { db, deploymentId, signal, position: after };
  const told = new Map<string, string>();
  try {
    for (let hints = new Set(["status"]); !signal.aborted; hints = await wake.next(lookAgainMs)) {
      // Facts before chunks: no chunk is stored after a terminal status, so then the chunks are all there.
      const facts = isOnlyLog(hints) ? null : await readLiveFacts(db, deploymentId);
      if (facts !== null) yield changesOf(facts, told);
      yield* newLines(reader);
      if (facts !== null && isTerminal(facts.status) && !signal.aborted) {
        yield frame("eof", { status: facts.status });
        return;
      }
      yield "";
    }
  } finally {
    wake.leave();
  }
}

type Reader = { db: Db; deploymentId: string; signal: AbortSignal; position: LogPosition | null };

/** The chunks that the reader does not have, up to the last that is stored now. */
async function* newLines(reader: Reader): AsyncGenerator<string> {
  for (let isMore = true; isMore; ) {
    const chunks = await readChunks(reader.db, reader.deploymentId, reader.position, chunksAtOnce);
    for (const { epoch, seq, ...part } of chunks) {
      if (reader.signal.aborted) return;
      reader.position = { epoch, seq };
      yield frame("log", part, idOf(reader.position));
    }
    isMore = chunks.length === chunksAtOnce;
  }
}

function isOnlyLog(hints: Set<string>): boolean {
  return hints.size === 1 && hints.has("log");
}

type Facts = Awaited<ReturnType<typeof readLiveFacts>>;

/** The frames of what this reader has not heard yet. */
function changesOf(facts: Facts, told: Map<string, string>): string {
  const { status, reason, finishedAt, phases, stackEvents } = facts;
  const all = [
    { key: "status", text: frame("status", { status, reason, finishedAt }) },
    ...phases.map((phase) => ({ key: `phase ${phase.epoch} ${phase.name}`, text: frame("phase", phase) })),
    ...stackEvents.map((event) => ({
      key: `resource ${event.logicalId} ${event.status} ${event.at.getTime()}`,
      text: frame("resource", event),
    })),
  ];
  const news = all.filter(({ key, text }) => told.get(key) !== text);
  for (const { key, text } of news) told.set(key, text);
  return news.map(({ text }) => text).join("");
}
