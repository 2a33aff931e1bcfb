import { takeOverDeployment } from "@branchline/core/deployments/take-over";
import type { Parts } from "../parts.ts";
import { runClaimed } from "./deployment.run.ts";

/** Station 6 once more, for a deployment whose worker fell silent. Nothing happens when another worker has it. */
export async function deploymentTakeOver(parts: Parts, { deploymentId }: { deploymentId: string }): Promise<void> {
  const claim = await takeOverDeployment(parts.db, deploymentId, parts.now());
  if (claim !== null) await runClaimed(parts, claim);
}
