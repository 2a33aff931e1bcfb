import { beat } from "@branchline/core/deployments/beat";
import { type Claim, leaseMs } from "@branchline/core/deployments/claim";
import type { Parts } from "../parts.ts";

/** Why a run must stop. */
export type StopReason = "lost" | "cancel_asked";

export type Heart = ReturnType<typeof startHeart>;

/**
 * Beats while a run lasts. The signal aborts when the deployment is another worker's, or when somebody asked to cancel;
 * a database that does not answer is not yet a loss, but a lease that must have run out is.
 */
export function startHeart(parts: Parts, { deploymentId, epoch }: Claim) {
  const stopping = new AbortController();
  let heldUntil = Date.now() + leaseMs;

  async function once(): Promise<void> {
    // Before the question: one that is never answered must not keep us from knowing.
    if (Date.now() > heldUntil) stopping.abort("lost" satisfies StopReason);
    try {
      const result = await beat(parts.db, deploymentId, epoch);
      if (result !== "held") stopping.abort(result satisfies StopReason);
      heldUntil = Date.now() + leaseMs;
    } catch (error) {
      parts.log.warn({ deploymentId, error: String(error) }, "a beat failed");
    }
  }

  const timer = setInterval(() => void once(), leaseMs / 3);
  return {
    signal: stopping.signal,
    /** For a deployment that was cancelled while nobody held it. */
    askCancel: () => stopping.abort("cancel_asked" satisfies StopReason),
    lose: () => stopping.abort("lost" satisfies StopReason),
    stop: () => clearInterval(timer),
  };
}

/** Whether a run is to stop because somebody cancelled it, and not because it was lost. */
export function isCancelAsked(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === ("cancel_asked" satisfies StopReason);
}
