import { readMovement } from "@branchline/core/deployments/queries";
import type { Db } from "@branchline/db";
import type { Tail } from "@branchline/logs";
import { frame } from "./frames";
import { wakeOn } from "./wake";

const lookAgainMs = 5_000;

type Options = { db: Db; tail: Tail; organizationId: string; signal: AbortSignal };

/** Hints that something of an organization moved; what it is, the page reads again by itself. */
export async function* organizationFrames({ db, tail, organizationId, signal }: Options): AsyncGenerator<string> {
  const wake = await wakeOn(tail, `org:${organizationId}`, signal);
  let before = "";
  try {
    for (let hints = new Set<string>(); !signal.aborted; hints = await wake.next(lookAgainMs)) {
      const movement = await readMovement(db, organizationId);
      const now = JSON.stringify(movement);
      const hasMoved = now !== before || hints.size > 0;
      before = now;
      yield hasMoved ? frame("moved", movement) : "";
    }
  } finally {
    wake.leave();
  }
}
