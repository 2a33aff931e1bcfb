import type { Worker } from "bullmq";

/** Why no jobs are taken: Redis refused a command, or we were told so. */
type Reason = "refused" | "told";

export type Rest = {
  /** Takes no more jobs; those under way go on. */
  begin(reason: Reason): void;
  /** Takes jobs again, unless there is another reason not to. */
  end(reason: Reason): void;
  /** Lets a Redis that refuses be, for a moment: BullMQ by itself asks again at once. */
  afterRefusal(): void;
};

const refusedMs = 1_000;

export function createRest(worker: Worker, onError: (error: unknown) => void): Rest {
  const reasons = new Set<Reason>();

  function begin(reason: Reason): void {
    reasons.add(reason);
    if (!worker.isPaused()) worker.pause(true).catch(onError);
  }

  function end(reason: Reason): void {
    reasons.delete(reason);
    if (reasons.size === 0 && worker.isPaused() && !worker.closing) worker.resume().catch(onError);
  }

  return {
    begin,
    end,
    afterRefusal() {
      if (reasons.has("refused")) return;
      begin("refused");
      setTimeout(() => end("refused"), refusedMs);
    },
  };
}
