export const deploymentStatuses = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** Every legal move. One that is not here is a bug, not a case. */
const next = {
  queued: ["running", "failed", "cancelled"],
  running: ["succeeded", "failed", "cancelled"],
  succeeded: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<DeploymentStatus, readonly DeploymentStatus[]>;

export type Move = {
  [From in DeploymentStatus]: { from: From; to: (typeof next)[From][number] };
}[DeploymentStatus];

export type TerminalStatus = "succeeded" | "failed" | "cancelled";

export function isTerminal(status: DeploymentStatus): status is TerminalStatus {
  return next[status].length === 0;
}
