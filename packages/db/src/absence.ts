import { setTimeout as pause } from "node:timers/promises";

/** A restart is over by then; what takes longer is an outage. */
const bridgedMs = 5_000;
const askEveryMs = 200;
const unref = { ref: false };

export type Absences = {
  /** Somebody met no server: from now on one alone asks for it, until it is back. */
  met(): void;
  /** Settles when the server is there. @throws Error at once while it has been away for more than five seconds */
  over(): Promise<void>;
  isNow(): boolean;
  close(): void;
};

/**
 * Waits for a server that went away, for all who need it.
 * @param isBack asks it
 */
export function createAbsences(isBack: () => Promise<boolean>): Absences {
  let absence: Promise<void> | null = null;
  let isClosed = false;

  async function untilBack(): Promise<void> {
    do await pause(askEveryMs, undefined, unref);
    while (!isClosed && !(await isBack()));
    absence = null;
  }

  async function tooLong(): Promise<void> {
    await pause(bridgedMs, undefined, unref);
    throw new Error("Postgres is away");
  }

  return {
    met() {
      if (absence !== null) return;
      absence = Promise.race([untilBack(), tooLong()]);
      // Nobody may wait for it.
      absence.catch(() => undefined);
    },
    over: () => absence ?? Promise.resolve(),
    isNow: () => absence !== null,
    close() {
      isClosed = true;
    },
  };
}
