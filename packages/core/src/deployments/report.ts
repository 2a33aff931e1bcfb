import type { Db } from "@branchline/db";
import { type DeploymentRow, rowOf, rowRelations } from "./view.ts";

export type ReportableDeployment = DeploymentRow & {
  organizationId: string;
  organizationSlug: string;
  checkRunId: bigint | null;
  reportedStatus: string | null;
  because: string;
  repository: { fullName: string; githubId: bigint; installationGithubId: bigint; isConnected: boolean };
  outputs: { kind: string; key: string; value: string }[];
};

/** What GitHub is to be told of a deployment; null when it was told already. */
export async function findReportable(db: Db, deploymentId: string): Promise<ReportableDeployment | null> {
  const row = await db.deployment.findUnique({
    where: { id: deploymentId },
    include: { ...rowRelations, organization: true, repository: { include: { installation: true } }, outputs: true },
  });
  if (row === null || row.reportedStatus === row.status) return null;
  const { repository } = row;
  return {
    ...rowOf(row),
    organizationId: row.organizationId,
    organizationSlug: row.organization.slug,
    checkRunId: row.checkRunId,
    reportedStatus: row.reportedStatus,
    because: row.because,
    repository: {
      fullName: repository.fullName,
      githubId: repository.githubId,
      installationGithubId: repository.installation.githubId,
      isConnected: repository.removedAt === null && repository.installation.deletedAt === null,
    },
    outputs: row.outputs.map(({ kind, key, value }) => ({ kind, key, value })),
  };
}

/**
 * Remembers what GitHub was told, unless its commit became known meanwhile, which is to be told then. Bookkeeping: it changes
 * no meaning, so no audit entry.
 */
export async function recordReport(
  db: Db,
  { deploymentId, status, commitSha }: Pick<ReportableDeployment, "deploymentId" | "status" | "commitSha">,
  checkRunId: bigint | null,
): Promise<void> {
  await db.deployment.updateMany({
    where: { id: deploymentId, commitSha },
    data: { reportedStatus: status, checkRunId },
  });
}
