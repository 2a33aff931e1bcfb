import { admitDeployments } from "@branchline/core/deployments/admit";
import { listDueBells } from "@branchline/core/deployments/due";
import { tellLimits } from "@branchline/core/deployments/told-limits";
import type { Parts } from "./parts.ts";

const sweepMs = 2_000;

/** Rings again for whatever the database says is due: so the loss of Redis loses time, never truth. */
export async function sweep({ db, doorbell, limits, log }: Parts): Promise<void> {
  try {
    await tellLimits(db, limits);
    await doorbell.ring(await listDueBells(db));
    await admitDeployments(db, doorbell, limits);
  } catch (error) {
    log.warn({ error: String(error) }, "the sweep failed; the next one tries again");
  }
}

export function startSweep(parts: Parts): { stop(): void } {
  void sweep(parts);
  const timer = setInterval(() => void sweep(parts), sweepMs);
  return { stop: () => clearInterval(timer) };
}
