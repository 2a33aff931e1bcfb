import { setTimeout as pause } from "node:timers/promises";
import { classifyStack, type Stack } from "@branchline/aws";
import type { FactBook } from "./fact-book.ts";
import { isCancelAsked } from "./heart.ts";
import { Parked } from "./parked.ts";
import type { Run } from "./run.ts";
import { Stopped } from "./stopped.ts";
import { isShell, undo, withoutShell } from "./undo.ts";

/** How often AWS is asked while a stack moves: it has no way to be listened to. */
const pollMs = 1_000;

/** After this long a worker has better to do than to watch; from then on it looks now and then. */
export const watchMs = 60_000;
const lookAgainMs = 10_000;
const askAgainMs = 30_000;

export type Patience = {
  /** How long a stack that has not changed must stay so: a request to change it may be under way. */
  quietMs: number;
  /** How long one that moves is watched. */
  watchMs: number;
};

/**
 * Watches the stack until it is at rest: the CLI may end, or be ended, before CloudFormation does. A cancelled update is
 * undone meanwhile, and what the CLI left of a creation that it never asked for is taken away.
 * @throws Parked when that takes longer than a worker should wait, or AWS does not let us look
 */
export async function settledStack(run: Run, book: FactBook, { quietMs, watchMs }: Patience): Promise<Stack | null> {
  const startedAt = Date.now();
  const isOver = (ms: number) => Date.now() - startedAt >= ms;
  let isUndoing = run.work.isCancelHeeded;
  for (;;) {
    assertHeld(run);
    const stack = await looked(run, () => book.readStack());
    if (isAtRest(stack) && (isChanged(stack, book) || isOver(quietMs)))
      return recorded(run, await looked(run, () => withoutShell(run, book, stack)));
    const isCancelled = isCancelAsked(run.signal);
    if (!isUndoing && isCancelled) isUndoing = await looked(run, () => undo(run, book, stack));
    if (isOver(watchMs)) parkWhatMoves(stack, isCancelled);
    await pause(pollMs);
  }
}

function assertHeld({ gone }: Run): void {
  if (gone.aborted) throw new Stopped("worker_lost");
}

function parkWhatMoves(stack: Stack | null, isCancelHeeded: boolean): void {
  if (isAtRest(stack)) return;
  throw new Parked(`CloudFormation is changing the stack (${stack?.status}).`, lookAgainMs, isCancelHeeded);
}

const isAtRest = (stack: Stack | null) => stack === null || classifyStack(stack.status).state !== "in_progress";

/** A shell may be about to be filled, so it counts as nothing yet. */
function isChanged(stack: Stack | null, book: FactBook): boolean {
  const changedAt = stack?.lastUpdatedAt ?? stack?.createdAt;
  return !isShell(stack) && changedAt?.getTime() !== book.mutation()?.stackChangedBefore?.getTime();
}

async function recorded({ record }: Run, stack: Stack | null): Promise<Stack | null> {
  if (stack === null) return null;
  const { stackId, status: stackStatus, stuck: stackStuck } = stack;
  await record.stack({ stackId, stackStatus, stackStuck });
  return stack;
}

/** Once AWS was touched, not to be allowed to look is no verdict: the next look may be. Only a cancelled one gives up. */
async function looked<T>({ signal }: Run, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (isCancelAsked(signal)) throw new Stopped("stack_unknown", why);
    throw new Parked(`The stack's state can't be read: ${why}`, askAgainMs);
  }
}
