import type { CheckRun } from "@branchline/core/deployments/check-run";
import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./place.ts";
import { onGithub } from "./unavailable.ts";

export type CheckRunTarget = RepositoryPlace & CheckRun;

export function createCheckRun(
  { installation }: Connection,
  { headSha, ...target }: CheckRunTarget & { headSha: string },
): Promise<{ id: bigint }> {
  return onGithub("create a check run", async () => {
    const octokit = await installation(target.installationGithubId);
    const body = { ...placeOf(target), ...bodyOf(target), head_sha: headSha };
    const { data } = await octokit.request("POST /repos/{owner}/{repo}/check-runs", body);
    return { id: BigInt(data.id) };
  });
}

export async function updateCheckRun(
  { installation }: Connection,
  { checkRunId, ...target }: CheckRunTarget & { checkRunId: bigint },
): Promise<void> {
  await onGithub("update a check run", async () => {
    const octokit = await installation(target.installationGithubId);
    const body = { ...placeOf(target), ...bodyOf(target), check_run_id: Number(checkRunId) };
    await octokit.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", body);
  });
}

function bodyOf(facts: CheckRun) {
  const { name, externalId, detailsUrl, status, conclusion, startedAt, completedAt, title, summary } = facts;
  return {
    name,
    external_id: externalId,
    details_url: detailsUrl,
    status,
    output: { title, summary },
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(startedAt === undefined ? {} : { started_at: startedAt.toISOString() }),
    ...(completedAt === undefined ? {} : { completed_at: completedAt.toISOString() }),
  };
}
