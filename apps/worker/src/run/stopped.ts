import type { DeploymentReason } from "@branchline/core/deployments/reasons";

/** The walk of a deployment ends here, and this is why. */
export class Stopped extends Error {
  readonly reason: DeploymentReason;
  readonly detail: string | undefined;
  readonly failureLine: number | null;

  constructor(reason: DeploymentReason, detail?: string, failureLine: number | null = null) {
    super(detail ?? reason);
    this.reason = reason;
    this.detail = detail;
    this.failureLine = failureLine;
  }
}
