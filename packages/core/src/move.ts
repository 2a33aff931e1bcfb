import type { Prisma, Tx } from "@branchline/db";
import type { DeploymentReason } from "./deployments/reasons.ts";
import type { Move } from "./deployments/status.ts";

export type MoveFacts = {
  reason?: DeploymentReason;
  reasonDetail?: string;
  supersededByNumber?: number;
  startedAt?: Date;
  finishedAt?: Date;
  stackStatus?: string;
  failureLine?: number;
};

/**
 * The one way a deployment changes its status: a guarded update on the expected status and, for a worker, on its epoch.
 * @returns false when someone else got there first; the caller says what that means.
 */
export async function move(
  tx: Tx,
  deploymentId: string,
  { from, to }: Move,
  facts: MoveFacts,
  epoch?: number,
): Promise<boolean> {
  const where: Prisma.DeploymentWhereInput = { id: deploymentId, status: from };
  if (epoch !== undefined) where.epoch = epoch;
  const leaseUntil = to === "running" ? {} : { leaseUntil: null };
  const { count } = await tx.deployment.updateMany({ where, data: { status: to, ...leaseUntil, ...facts } });
  return count === 1;
}
