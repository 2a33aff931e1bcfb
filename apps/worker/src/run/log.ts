import type { Claim } from "@branchline/core/deployments/claim";
import { appendChunk } from "@branchline/core/logs/append";
import { createChunker, createMask, type LogChunk } from "@branchline/logs";
import type { Parts } from "../parts.ts";
import { failureLineOf } from "./failure-line.ts";

export type RunLog = {
  /** A line of our own. */
  say(text: string): Promise<void>;
  output(bytes: Buffer, stream: "stdout" | "stderr"): Promise<void>;
  /** Everything written so far is stored; the number of the line that comes next. */
  nextLine(): Promise<number>;
  /** The line that most likely tells of a failure, of those since a line. */
  failureLine(since: number): number | null;
  end(): Promise<void>;
};

/** Output → mask → chunk → store and tail. A chunk that the database refuses means that the deployment is lost to us. */
export function openLog(parts: Parts, claim: Claim, secrets: string[], onLost: () => void): RunLog {
  const masks = { ours: createMask(secrets), stdout: createMask(secrets), stderr: createMask(secrets) };
  const failures = failureLineOf();
  let stored = Promise.resolve();

  async function store(chunk: LogChunk): Promise<void> {
    const { deploymentId, epoch } = claim;
    const kept = await appendChunk(parts.db, { deploymentId, epoch, ...chunk });
    if (!kept) return onLost();
    failures.look(chunk);
    await parts.tail.publish(deploymentId, "log");
  }

  const chunker = createChunker({
    firstLine: claim.firstLine,
    onChunk(chunk) {
      stored = stored.then(() => store(chunk));
    },
  });

  async function flush(): Promise<void> {
    chunker.flush();
    await stored;
  }

  return {
    async say(text) {
      chunker.write(masks.ours.write(Buffer.from(`\u001b[36m▸ ${text}\u001b[0m\n`)));
      await flush();
    },
    async output(bytes, stream) {
      chunker.write(masks[stream].write(bytes));
      await stored;
    },
    async nextLine() {
      await flush();
      return chunker.nextLine();
    },
    failureLine: (since) => failures.since(since),
    async end() {
      for (const mask of Object.values(masks)) chunker.write(mask.end());
      chunker.end();
      await stored;
    },
  };
}
