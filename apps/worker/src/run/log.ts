import type { Claim } from "@branchline/core/deployments/claim";
import { appendChunk } from "@branchline/core/logs/append";
import { createLogWriter, createSecrets, type LogChunk } from "@branchline/logs";
import type { Parts } from "../parts.ts";
import { failureLineOf } from "./failure-line.ts";

export type RunLog = {
  /** A line of our own. */
  say(text: string): Promise<void>;
  /** Hides these as well, from now on. */
  hide(secrets: readonly string[]): void;
  output(bytes: Buffer, stream: "stdout" | "stderr"): Promise<void>;
  /** A step ended: what its streams held back is shown, and no half line waits for the next step's. */
  endStep(): Promise<void>;
  /** Everything written so far is stored; the number of the line that comes next. */
  nextLine(): Promise<number>;
  /** The line that most likely tells of a failure, of those since a line. */
  failureLine(since: number): number | null;
  end(): Promise<void>;
};

const streams = ["stdout", "stderr"] as const;

/**
 * Output → clean → mask → chunk → store and tail. A chunk that the database refuses means that the deployment is lost to
 * us.
 */
export function openLog(
  parts: Pick<Parts, "db" | "tail">,
  claim: Claim,
  hidden: readonly string[],
  onLost: () => void,
): RunLog {
  const secrets = createSecrets(hidden);
  const failures = failureLineOf();
  let stored = Promise.resolve();

  async function store(chunk: LogChunk): Promise<void> {
    const { deploymentId, epoch } = claim;
    const kept = await appendChunk(parts.db, { deploymentId, epoch, ...chunk });
    if (!kept) return onLost();
    failures.look(chunk);
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
  }

  return {
    async say(text) {
      writer.write("ours", Buffer.from(`\u001b[36m▸ ${text}\u001b[0m\n`));
      writer.end("ours");
      await flush();
    },
    hide: (more) => secrets.add(more),
    async output(bytes, stream) {
      writer.write(stream, bytes);
      await stored;
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
