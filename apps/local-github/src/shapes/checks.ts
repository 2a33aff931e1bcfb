import type { CheckRun, CommitStatus, Deployment, DeploymentStatus, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { appShape } from "./app.ts";
import { repositoryPage, repositoryUrl } from "./repositories.ts";
import { actorShape, botUser, type Json, nodeId } from "./users.ts";

/** "Check Run" of the API. Runs of one commit share the suite with the id of the first of them. */
export function checkRunShape(world: World, repository: Repository, run: CheckRun): Json {
  const url = repositoryUrl(world, repository);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CheckRun", run.id),
    head_sha: run.headSha,
    external_id: run.externalId ?? "",
    url: `${url}/check-runs/${run.id}`,
    html_url: `${repositoryPage(world, repository)}/commit/${run.headSha}#check-run-${run.id}`,
    details_url: run.detailsUrl ?? world.options.app.setupUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/check-runs/${run.id}/annotations`,
    },
    check_suite: { id: suiteId(world, run) },
    app: appShape(world),
    pull_requests: pullRequestReferences(world, repository, run.headSha),
  };
}

export function suiteId(world: World, run: CheckRun): number {
  const first = world.store.checkRuns.find(
    (row) => row.repositoryId === run.repositoryId && row.headSha === run.headSha,
  );
  return first?.id ?? run.id;
}

export function pullRequestReferences(world: World, repository: Repository, headSha: string): Json[] {
  const url = repositoryUrl(world, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return world.store.pullRequests
    .filter((pull) => pull.repositoryId === repository.id && pull.headSha === headSha && pull.state === "open")
    .map((pull) => ({
      id: pull.id,
      number: pull.number,
      url: `${url}/pulls/${pull.number}`,
      head: { ref: pull.headRef, sha: pull.headSha, repo },
      base: { ref: pull.baseRef, sha: pull.baseSha, repo },
    }));
}

/** "Status" of the API, as creating one answers. */
export function statusShape(world: World, repository: Repository, status: CommitStatus): Json {
  return {
    ...simpleStatus(world, repository, status),
    creator: actorShape(world, status.creatorId),
  };
}

export function simpleStatus(world: World, repository: Repository, status: CommitStatus): Json {
  return {
    url: `${repositoryUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: actorShape(world, status.creatorId).avatar_url,
    id: status.id,
    node_id: nodeId("StatusContext", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

/** "Deployment" of the API. */
export function deploymentShape(world: World, repository: Repository, deployment: Deployment): Json {
  const url = `${repositoryUrl(world, repository)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId("Deployment", deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: deployment.creatorId === null ? botUser(world) : actorShape(world, deployment.creatorId),
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(world, repository),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    ...(deployment.creatorId === null ? { performed_via_github_app: appShape(world) } : {}),
  };
}

export function deploymentStatusShape(world: World, repository: Repository, status: DeploymentStatus): Json {
  const url = `${repositoryUrl(world, repository)}/deployments/${status.deploymentId}`;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("DeploymentStatus", status.id),
    state: status.state,
    creator: actorShape(world, status.creatorId),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: repositoryUrl(world, repository),
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    ...(status.creatorId === null ? { performed_via_github_app: appShape(world) } : {}),
  };
}
