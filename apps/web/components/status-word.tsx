import type { DeploymentStatus } from "@branchline/core/deployments/status";
import { StatusMark, type Tone } from "@branchline/ui/status-mark";

const tones: Record<DeploymentStatus, Tone> = {
  queued: "waiting",
  running: "busy",
  succeeded: "good",
  failed: "bad",
  cancelled: "off",
};

/** A deployment's status by colour, shape and word. */
export function StatusWord({ status, word = status }: { status: DeploymentStatus; word?: string }) {
  return <StatusMark tone={tones[status]} word={word} />;
}
