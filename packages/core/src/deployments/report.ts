import { type Db, Prisma } from "@branchline/db";
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
 * Remembers what GitHub was told, unless its commit became known meanwhile, which is to be told then. Of two who told it at
 * once nobody knows whose word came last, so the second has it told once more; should each have made a check run, GitHub shows
 * the newer. Bookkeeping: it changes no meaning, so no audit entry.
 */
export async function recordReport(
  db: Db,
  told: Pick<ReportableDeployment, "deploymentId" | "status" | "reportedStatus" | "commitSha">,
  checkRunId: bigint | null,
): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    UPDATE deployments SET check_run_id = greatest(check_run_id, ${checkRunId}::bigint),
      reported_status = CASE WHEN reported_status IS NOT DISTINCT FROM ${told.reportedStatus} THEN ${told.status} END
    WHERE id = ${told.deploymentId}::uuid AND commit_sha IS NOT DISTINCT FROM ${told.commitSha}`);
}
