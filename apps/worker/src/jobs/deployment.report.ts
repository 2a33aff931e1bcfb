import { checkRunOf } from "@branchline/core/deployments/check-run";
import { findReportable, type ReportableDeployment, recordReport } from "@branchline/core/deployments/report";
import { isRefusedByGithub } from "@branchline/github";
import type { Parts } from "../parts.ts";
import { measureBehind } from "../report/behind.ts";

/** Station 8: tells the dashboard's open pages and GitHub's commit where a deployment stands. */
export async function deploymentReport(parts: Parts, { deploymentId }: { deploymentId: string }): Promise<void> {
  const deployment = await findReportable(parts.db, deploymentId);
  if (deployment === null) return;
  await parts.tail.publish(deploymentId, "status");
  await parts.tail.publish(`org:${deployment.organizationId}`, "deployment");
  if (deployment.status === "succeeded") await measureBehind(parts, deployment);
  const checkRunId = await tellGithub(parts, deployment).catch((error: unknown) => unheard(parts, deployment, error));
  await recordReport(parts.db, deployment, checkRunId);
}

/** A deployment without a commit yet is told once the worker has pinned it. */
async function tellGithub({ github, env }: Parts, deployment: ReportableDeployment): Promise<bigint | null> {
  const { repository, commitSha, checkRunId } = deployment;
  if (commitSha === null || !repository.isConnected) return checkRunId;
  const { installationGithubId, fullName, githubId } = repository;
  const run = checkRunOf(deployment, env.WEB_URL);
  const target = { installationGithubId, githubId, fullName };
  if (checkRunId !== null) {
    await github.updateCheckRun({ ...target, checkRunId, ...run });
    return checkRunId;
  }
  const created = await github.createCheckRun({ ...target, headSha: commitSha, ...run });
  return created.id;
}

/** Where GitHub does not let us speak any more, saying it again would change nothing. */
function unheard({ log }: Parts, { deploymentId, checkRunId }: ReportableDeployment, error: unknown): bigint | null {
  if (!isRefusedByGithub(error)) throw error;
  log.warn({ deploymentId, error: String(error) }, "GitHub takes no report of a deployment");
  return checkRunId;
}
