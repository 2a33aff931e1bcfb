import type { Claim } from "@branchline/core/deployments/claim";
import { appendChunk } from "@branchline/core/logs/append";
import { type LogLimits, logLimits } from "@branchline/core/logs/rules";
import { type LineRange, trimLog } from "@branchline/core/logs/trim";
import type { Db } from "@branchline/db";
import { createLogWriter, createScan, type Leak, type LogChunk, type Secrets } from "@branchline/logs";
import type { Parts } from "../parts.ts";
import { failureLineOf, ownLine } from "./failure-line.ts";
import { outlast } from "./outlast.ts";
import { keepPace, type Pace } from "./pace.ts";

export type RunLog = {
  /** A line of our own. */
  say(text: string): Promise<void>;
  /** Hides these values as well, from now on. */
  hide(name: string, values: readonly string[]): void;
  output(bytes: Buffer, stream: "stdout" | "stderr"): Promise<void>;
  /** A step ended: what its streams held back is shown, and no half line waits for the next step's. */
  endStep(): Promise<void>;
  /** Everything written so far is stored; the number of the line that comes next. */
  nextLine(): Promise<number>;
  /** The line that most likely tells of a failure, of those since a line. */
  failureLine(since: number): number | null;
  end(): Promise<void>;
};

export type LogOptions = {
  /** Hidden however they are printed. */
  secrets: Secrets;
  /** They were printed nevertheless, in a form that is hidden only where it was found. Told at the end of a step. */
  onLeaks(leaks: Leak[]): Promise<void>;
  /** The database refused a chunk: the deployment is another worker's now. */
  onLost(): void;
  /** Until then a database that is away is waited for. */
  gone: AbortSignal;
  limits?: LogLimits & Pace;
};

const usualLimits = { ...logLimits, bytesPerSecond: 5_000_000, burstBytes: logLimits.headBytes };

const streams = ["stdout", "stderr"] as const;

/** Output → clean → mask → chunk → scan → store and tail. */
export function openLog(parts: Pick<Parts, "db" | "tail">, claim: Claim, options: LogOptions): RunLog {
  const { secrets, onLost, gone, limits = usualLimits } = options;
  const scan = createScan(secrets);
  const failures = failureLineOf();
  const withinPace = keepPace(limits);
  const trim = trimmer(parts.db, claim, limits);
  let leaks: Leak[] = [];
  let stored = Promise.resolve();

  async function store(chunk: LogChunk): Promise<void> {
    const { deploymentId, epoch } = claim;
    const scanned = scan.look(chunk.bytes, chunk.firstLine);
    leaks = [...leaks, ...scanned.leaks];
    const bytes = await outlast(gone, () =>
      appendChunk(parts.db, { deploymentId, epoch, ...chunk, bytes: scanned.bytes }),
    );
    if (bytes === null) return onLost();
    failures.look(chunk);
    const trimmed = await outlast(gone, () => trim(bytes));
    if (trimmed !== null) failures.forget(trimmed);
    await parts.tail.publish(deploymentId, "log");
  }

  const writer = createLogWriter({
    secrets,
    firstLine: claim.firstLine,
    onChunk(chunk) {
      stored = stored.then(() => store(chunk));
      // What fails is told to whoever writes or waits next; a chunk that a timer cut has nobody who waits.
      stored.catch(() => undefined);
    },
  });

  async function flush(): Promise<void> {
    writer.flush();
    await stored;
  }

  async function endStep(): Promise<void> {
    for (const stream of streams) writer.end(stream);
    await flush();
    const told = leaks;
    leaks = [];
    if (told.length > 0) await options.onLeaks(told);
  }

  return {
    async say(text) {
      writer.write("ours", Buffer.from(ownLine(text)));
      writer.end("ours");
      await flush();
    },
    hide: (name, values) => secrets.add(values.map((value) => ({ name, value }))),
    async output(bytes, stream) {
      writer.write(stream, bytes);
      await stored;
      await withinPace(bytes.length);
    },
    endStep,
    async nextLine() {
      await flush();
      return writer.nextLine();
    },
    failureLine: (since) => failures.since(since),
    end: endStep,
  };
}

/** How many times the part of a log that is kept at its end is trimmed while it is written once. */
const trimsPerTail = 64;

/** Lets go of a log's middle now and then. Told how many bytes there ever were, it says which lines went. */
function trimmer(db: Db, claim: Claim, limits: LogLimits): (bytes: number) => Promise<LineRange | null> {
  const { headBytes, tailBytes } = limits;
  let nextAt = headBytes + tailBytes;
  return async (bytes) => {
    if (bytes <= nextAt) return null;
    nextAt = bytes + tailBytes / trimsPerTail;
    return trimLog(db, claim, limits);
  };
}
