import { Worker } from "node:worker_threads";
import type { Logger } from "pino";
import type { FromThread, Lease, LeaseNews, PacemakerSettings, ToThread } from "./pacemaker-thread.ts";

export type Pacemaker = {
  /** Keeps a lease until it is dropped or lost. */
  keep(lease: Lease, onNews: (news: LeaseNews) => void): { drop(): void };
  stop(): Promise<void>;
};

/**
 * Beats for every deployment that this worker runs, from a thread and a connection of its own: however busy the event loop
 * here is, no lease runs out. A thread that fails takes the worker down with it, as whatever else nobody catches.
 */
export function startPacemaker(settings: PacemakerSettings, log: Logger): Pacemaker {
  const listeners = new Map<string, (news: LeaseNews) => void>();
  const thread = new Worker(new URL("./pacemaker-thread.ts", import.meta.url), { workerData: settings });
  const post = (message: ToThread) => thread.postMessage(message);

  thread.on("message", (message: FromThread) => {
    switch (message.kind) {
      case "are_you_there":
        return post({ kind: "here" });
      case "news":
        return listeners.get(message.key)?.(message.news);
      case "failed":
        return log.warn({ deploymentId: message.deploymentId, error: message.error }, "a beat failed");
    }
  });

  return {
    keep(lease, onNews) {
      const key = `${lease.deploymentId} ${lease.epoch}`;
      listeners.set(key, onNews);
      post({ kind: "keep", key, lease });
      return {
        drop() {
          listeners.delete(key);
          post({ kind: "drop", key });
        },
      };
    },
    async stop() {
      await thread.terminate();
    },
  };
}
