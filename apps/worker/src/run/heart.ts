import type { Claim } from "@branchline/core/deployments/claim";
import type { Parts } from "../parts.ts";

/** Why a run must stop. */
export type StopReason = "gone" | "cancel_asked" | "out_of_time";

/** Why a deployment is not, or soon not, this worker's any more. */
type Leaving = "lost" | "handed_over";

export type Heart = ReturnType<typeof startHeart>;

/** Keeps the lease while a run lasts, and ends it when it has lasted long enough. */
export function startHeart({ pacemaker, ending, env }: Parts, claim: Claim) {
  const stopping = new AbortController();
  const leaving = new AbortController();
  const stop = (reason: StopReason) => stopping.abort(reason);

  function leave(why: Leaving): void {
    leaving.abort(why);
    stop("gone");
  }

  const lose = () => leave("lost");
  const handOver = () => leave("handed_over");
  const lease = pacemaker.keep(claim, (news) => (news === "lost" ? lose() : stop("cancel_asked")));
  const limit = setTimeout(() => stop("out_of_time"), env.DEPLOYMENT_LIMIT_MS);
  if (ending.aborted) handOver();
  ending.addEventListener("abort", handOver);
  return {
    /** Aborts when the run must stop; only the first reason is kept. */
    signal: stopping.signal,
    /** Aborts when the deployment is, or may soon be, another worker's: what runs for it ends at once. */
    gone: leaving.signal,
    /** For a deployment that was cancelled while nobody held it. */
    askCancel: () => stop("cancel_asked"),
    lose,
    stop() {
      clearTimeout(limit);
      ending.removeEventListener("abort", handOver);
      lease.drop();
    },
  };
}

/** Whether the deployment still is this worker's, which only gives it up. */
export function isHandedOver(gone: AbortSignal): boolean {
  return gone.aborted && gone.reason === ("handed_over" satisfies Leaving);
}

/** Whether a run is to stop because somebody cancelled it, and not because it was lost. */
export function isCancelAsked(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === ("cancel_asked" satisfies StopReason);
}
