import { admitDeployments } from "@branchline/core/deployments/admit";
import { listDueBells } from "@branchline/core/deployments/due";
import { tellLimits } from "@branchline/core/deployments/told-limits";
import type { Served } from "@branchline/queue";
import type { Parts } from "./parts.ts";

const sweepMs = 2_000;
/** A sweep takes a few milliseconds, and two seconds more while Redis is away. */
const lateMs = 5_000;

type Sweeping = Pick<Parts, "db" | "doorbell" | "limits" | "log">;

/**
 * Rings again for whatever the database says is due: so the loss of Redis loses time, never truth.
 * @returns whether the database answered
 */
export async function sweep({ db, doorbell, limits, log }: Sweeping): Promise<boolean> {
  try {
    await tellLimits(db, limits);
    await doorbell.ring(await listDueBells(db));
    await admitDeployments(db, doorbell, limits);
    return true;
  } catch (error) {
    log.warn({ error: String(error) }, "the sweep failed; the next one tries again");
    return false;
  }
}

/** Sweeps every few seconds. A worker that can't reach the database would only lose jobs, so others get them meanwhile. */
export function startSweep(parts: Sweeping, served: Pick<Served, "rest" | "goOn">): { stop(): void } {
  let latest = 0;

  async function once(): Promise<void> {
    latest += 1;
    const mine = latest;
    const late = setTimeout(served.rest, lateMs);
    const isAnswered = await sweep(parts);
    clearTimeout(late);
    // One that was not answered for long may end after those that followed it.
    if (mine < latest && !isAnswered) return;
    if (isAnswered) served.goOn();
    else served.rest();
  }

  void once();
  const timer = setInterval(() => void once(), sweepMs);
  return { stop: () => clearInterval(timer) };
}
