import type { Tail } from "@branchline/logs";

export type Wake = {
  /** Resolves with the hints since it was last asked: at once, or when one comes, or with none after the wait. */
  next(waitMs: number): Promise<Set<string>>;
  leave(): void;
};

/** How long a reader waits for its subscription; without Redis it looks at the database by itself. */
const subscribeWaitMs = 1_000;

/** Collects the hints of one key. It resolves once no hint can be missed any more. */
export async function wakeOn(tail: Tail, key: string, signal: AbortSignal): Promise<Wake> {
  let hints = new Set<string>();
  let ring: (() => void) | null = null;
  const subscribed = tail.subscribe(key, (hint) => {
    hints.add(hint);
    ring?.();
  });
  await within(subscribed, subscribeWaitMs);
  const onAbort = () => ring?.();
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    async next(waitMs) {
      if (hints.size === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, waitMs);
          ring = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        ring = null;
      }
      const told = hints;
      hints = new Set();
      return told;
    },
    leave() {
      signal.removeEventListener("abort", onAbort);
      // A subscription that never came about has nothing to leave.
      subscribed.then((leave) => leave()).catch(() => undefined);
    },
  };
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
