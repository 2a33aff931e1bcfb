import { setTimeout as pause } from "node:timers/promises";
import type { StackEvent } from "@branchline/aws";
import type { Parts } from "../parts.ts";
import type { FactBook } from "./fact-book.ts";
import type { Run } from "./run.ts";

/** How often AWS is asked while a stack moves: it has no way to be listened to. */
const pollMs = 1_000;

/** Stores the stack's events as they come, and what is left of them when it is stopped. */
export function followStack(run: Run, book: FactBook): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const following = follow();

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      await storeEvents(run, book);
      await pause(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await storeEvents(run, book);
  }

  return {
    stop() {
      stopping.abort();
      return following;
    },
  };
}

async function storeEvents({ parts, work, record }: Run, book: FactBook): Promise<void> {
  if (book.mutation() === null) return;
  try {
    const events = await listEvents(parts, book);
    if (events.length === 0) return;
    await record.stackEvents(events);
    await parts.tail.publish(work.deploymentId, "resource");
  } catch (error) {
    parts.log.warn(
      { deploymentId: work.deploymentId, error: record.masked(String(error)) },
      "stack events could not be read",
    );
  }
}

/** The events that this deployment made, oldest first. */
export async function listEvents({ aws }: Parts, book: FactBook): Promise<StackEvent[]> {
  const mutation = book.mutation();
  if (mutation === null) return [];
  const stackId = await book.findStackId();
  if (stackId === null) return [];
  const after = mutation.stackEventBefore;
  return aws.listStackEvents(await book.credentials(), book.region, stackId, { after });
}
