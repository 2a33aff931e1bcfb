import { admitDeployments } from "@branchline/core/deployments/admit";
import { listDueBells } from "@branchline/core/deployments/due";
import type { Parts } from "./parts.ts";

const sweepMs = 2_000;

/** Rings again for whatever the database says is due: so the loss of Redis loses time, never truth. */
export function startSweep(parts: Parts): { stop(): void } {
  async function sweep(): Promise<void> {
    try {
      await parts.doorbell.ring(await listDueBells(parts.db));
      await admitDeployments(parts.db, parts.doorbell, parts.limits);
    } catch (error) {
      parts.log.warn({ error: String(error) }, "the sweep failed; the next one tries again");
    }
  }
  void sweep();
  const timer = setInterval(() => void sweep(), sweepMs);
  return { stop: () => clearInterval(timer) };
}
