import { type Changes, reaches } from "@branchline/core/branch-mappings/rules";
import { queueDeployment } from "@branchline/core/deployments/queue";
import { rescanAfterPush } from "@branchline/core/repositories/scan";
import {
  findLastSuccess,
  listPushedRepositories,
  type PushedRepository,
  type PushedService,
} from "@branchline/core/triggers/queries";
import { explainTargets, type Plan, type PushTrigger, planPush, triggerOfPush } from "@branchline/core/triggers/rules";
import type { DeliveryTarget, Settlement } from "@branchline/core/webhook-deliveries/settle";
import type { GithubEvent } from "@branchline/github";
import { listChangedFiles } from "@branchline/runner";
import { ctxOf, type Parts } from "../parts.ts";

type PushEvent = Extract<GithubEvent, { kind: "push" }>;

/** Stations 2 to 4 for a push: a trigger or a reason, a plan, a deployment for each service that the change reaches. */
export async function receivePush(parts: Parts, deliveryId: string, event: PushEvent): Promise<Settlement> {
  const trigger = triggerOfPush(event);
  const [repository] = await listPushedRepositories(parts.db, event.repositoryGithubId);
  const settlement = {
    organizationId: repository?.organizationId ?? null,
    branch: event.branch,
    headSha: event.after,
    targets: [],
  };
  if ("ignored" in trigger) return { ...settlement, explanation: trigger.ignored };
  if (repository === undefined)
    return { ...settlement, explanation: `ignored: ${event.fullName} is not connected to an organization` };
  const isDefaultBranch = trigger.branch === repository.defaultBranch;
  if (isDefaultBranch) await rescanAfterPush(ctxOf(parts, repository.organizationId), repository.repositoryId);
  const changes = changesOf(parts, repository, trigger.commit.sha);
  const targets: DeliveryTarget[] = [];
  for (const plan of planPush(repository.services, trigger.branch)) {
    targets.push(await target(parts, { repository, trigger, deliveryId, event, changes }, plan));
  }
  return { ...settlement, targets, explanation: explainTargets(targets, trigger.branch) };
}

type Received = {
  repository: PushedRepository;
  trigger: PushTrigger;
  deliveryId: string;
  event: PushEvent;
  changes: (since: { number: number; commitSha: string } | null) => Promise<Changes>;
};

async function target(parts: Parts, received: Received, plan: Plan<PushedService>): Promise<DeliveryTarget> {
  const { app, service, serviceId } = plan.service;
  if (plan.kind === "skipped") return { app, service, stage: null, deploymentNumber: null, because: plan.because };
  const { stage, row } = plan.match;
  const since = await findLastSuccess(parts.db, { serviceId, stage, region: row.region });
  const verdict = reaches(plan.service, await received.changes(since));
  if (!verdict.deploys) return { app, service, stage, deploymentNumber: null, because: verdict.because };
  const { event, trigger } = received;
  const ctx = ctxOf(parts, received.repository.organizationId, { kind: "github", name: event.sender.login });
  const { number } = await queueDeployment(ctx, {
    serviceId,
    stage,
    deployProfileId: row.deployProfileId,
    branch: trigger.branch,
    commit: {
      sha: trigger.commit.sha,
      message: trigger.commit.message,
      author: trigger.commit.authorName,
      authorLogin: trigger.commit.authorLogin,
    },
    trigger: "push",
    triggeredByAvatar: event.sender.avatarUrl,
    because: verdict.because,
    deliveryId: received.deliveryId,
  });
  return { app, service, stage, deploymentNumber: number, because: verdict.because };
}

/** Git tells what changed since a commit, once per commit: the payload's lists are cut short or empty. */
function changesOf(parts: Parts, repository: PushedRepository, head: string): Received["changes"] {
  const known = new Map<string, Promise<Changes>>();
  return (since) => {
    if (since === null) return Promise.resolve({ kind: "everything", because: "it was never deployed to this stage" });
    const found = known.get(since.commitSha) ?? askGit(parts, repository, since, head);
    known.set(since.commitSha, found);
    return found;
  };
}

async function askGit(
  { github, env }: Parts,
  { fullName, githubId, installationGithubId, repositoryId }: PushedRepository,
  since: { number: number; commitSha: string },
  head: string,
): Promise<Changes> {
  const { token } = await github.checkoutToken({ installationGithubId, repositoryGithubId: githubId });
  const listed = await listChangedFiles({
    mirrorDirectory: `${env.WORKER_DIR}/mirrors/${repositoryId}`,
    cloneUrl: `${env.GITHUB_URL}/${fullName}.git`,
    token,
    base: since.commitSha,
    head,
  });
  if (listed.kind === "files") return { kind: "files", files: listed.files, sinceNumber: since.number };
  return { kind: "everything", because: `what changed since #${since.number} could not be told: ${listed.because}` };
}
