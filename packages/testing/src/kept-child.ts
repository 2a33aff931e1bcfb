import type { Child } from "./child.ts";

/** A program that has a successor whenever it ends. */
export type KeptChild = {
  /** The one that runs, or ran last. */
  now(): Child;
  /** Ends it, and settles when the next one is ready. */
  replace(end: (child: Child) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts a program, and starts it again when it ends by itself, as a supervisor does.
 * @param onFall told each time; without it, what ended by itself stays down
 */
export async function keepChild(start: () => Promise<Child>, onFall?: (name: string) => void): Promise<KeptChild> {
  /** While we end it ourselves. */
  let isEnding = false;
  let child = await started();
  let settled = Promise.resolve();

  async function started(): Promise<Child> {
    const one = await start();
    void one.exited.then(() => {
      if (!isEnding && onFall !== undefined) settled = restart(one.name, onFall);
    });
    return one;
  }

  /** What it needs may be away, so that it falls again before it is ready. */
  async function restart(name: string, tell: (name: string) => void): Promise<void> {
    for (let next: Child | null = null; next === null && !isEnding; ) {
      tell(name);
      next = await started().catch(() => null);
      child = next ?? child;
    }
  }

  return {
    now: () => child,
    async replace(end) {
      await settled;
      isEnding = true;
      await end(child);
      isEnding = false;
      child = await started();
    },
    async stop() {
      isEnding = true;
      await settled;
      await child.stop();
    },
  };
}
