import { setTimeout as pause } from "node:timers/promises";
import { isAway } from "@branchline/db";

const askAgainMs = 250;

/** Writes again while the database is away, until `over`: its restart costs a deployment a moment and no more. */
export async function outlast<T>(over: AbortSignal, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (over.aborted || !isAway(error)) throw error;
    }
    await pause(askAgainMs);
  }
}
