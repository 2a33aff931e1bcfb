import { type DeploymentReason, explain } from "@branchline/core/deployments/reasons";
import type { DeploymentStatus } from "@branchline/core/deployments/status";

type Told = { status: DeploymentStatus; reason: DeploymentReason | null };

/** A status in the word that stands beside its mark. */
export function wordOf({ status, reason }: Told): string {
  if (status === "cancelled" && reason === "superseded") return "superseded";
  if (status === "succeeded") return reason === "no_changes" ? "no changes" : "deployed";
  return status === "running" ? "deploying" : status;
}

/** Why it ended so, in a sentence; null when there is nothing to say. */
export function sentenceOf({
  reason,
  reasonDetail,
  supersededByNumber,
}: {
  reason: DeploymentReason | null;
  reasonDetail: string | null;
  supersededByNumber: number | null;
}): string | null {
  if (supersededByNumber !== null) return `Superseded by #${supersededByNumber}.`;
  if (reasonDetail !== null && reasonDetail !== "") return reasonDetail;
  return reason === null ? null : explain(reason).sentence;
}
