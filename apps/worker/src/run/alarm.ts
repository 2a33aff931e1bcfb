import type { Claim } from "@branchline/core/deployments/claim";
import type { Leak } from "@branchline/core/deployments/leaks";
import { raiseAlarm } from "@branchline/core/deployments/raise-alarm";
import { ctxOf } from "../parts.ts";
import type { RunLog } from "./log.ts";

type Told = { parts: Parameters<typeof ctxOf>[0]; work: Claim; log: Pick<RunLog, "say"> };

/** Tells everybody who may see the log that a secret was printed in it, and what to do. */
export async function alarm({ parts, work, log }: Told, leaks: Leak[]): Promise<void> {
  if (!(await raiseAlarm(ctxOf(parts, work.organizationId), work, leaks))) return;
  for (const { secret, how, line } of leaks) {
    await log.say(
      `Line ${line} printed ${secret} in a form that a log can't hide for certain (${how}). Rotate it: whoever read along may know it.`,
    );
  }
}
