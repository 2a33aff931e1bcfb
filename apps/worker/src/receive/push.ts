import { forgetHead } from "@branchline/core/branch-heads/handled";
import { type Changes, reaches } from "@branchline/core/branch-mappings/rules";
import { queueDeployment } from "@branchline/core/deployments/queue";
import { Refusal } from "@branchline/core/errors";
import { recordName } from "@branchline/core/repositories/record-event";
import { rescanAfterPush } from "@branchline/core/repositories/scan";
import {
  findLastSuccess,
  type LastSuccess,
  listPushedRepositories,
  type PushedRepository,
  type PushedService,
} from "@branchline/core/triggers/queries";
import { explainTargets, type Plan, type PushTrigger, planPush, triggerOfPush } from "@branchline/core/triggers/rules";
import type { DueDelivery } from "@branchline/core/webhook-deliveries/queries";
import type { DeliveryTarget, Settlement } from "@branchline/core/webhook-deliveries/settle";
import { type GithubEvent, listedChanges } from "@branchline/github";
import { listChangedFiles } from "@branchline/runner";
import { ctxOf, type Parts } from "../parts.ts";
import { type LookAtHead, takeHead } from "./take-head.ts";

export type PushEvent = Extract<GithubEvent, { kind: "push" }>;

/** Stations 2 to 4 for a push: a trigger or a reason, a plan, a deployment for each service that the change reaches. */
export async function receivePush(
  parts: Parts,
  delivery: DueDelivery,
  event: PushEvent,
  look: LookAtHead | null = null,
): Promise<Settlement> {
  const repository = await findPushed(parts, event);
  const organizationId = repository?.organizationId ?? null;
  const settlement = { organizationId, branch: event.branch, headSha: event.after, targets: [] };
  const trigger = triggerOfPush(event);
  if (repository === undefined)
    return { ...settlement, explanation: `ignored: ${event.fullName} is not connected to an organization` };
  if (event.fullName !== repository.fullName) await recordName(parts.db, { ...repository, fullName: event.fullName });
  if ("ignored" in trigger) {
    await forgetDeleted(parts, repository, event);
    return { ...settlement, explanation: trigger.ignored };
  }
  const { defaultBranch, repositoryId, services } = repository;
  const plans = planPush(services, trigger.branch);
  const matched = plans.filter((plan) => plan.kind === "matched");
  const isEveryWanted = matched.some(({ service }) => service.everyCommit);
  const told = { ...trigger, before: event.before, delivery, isAwaited: matched.length > 0, isEveryWanted };
  const verdict = await takeHead(parts, repository, told, look);
  if (!verdict.deploys) return { ...settlement, explanation: verdict.because };
  if (trigger.branch === defaultBranch) await rescanAfterPush(ctxOf(parts, repository.organizationId), repositoryId);
  const changes = changesOf(parts, repository, { head: trigger.commit.sha, body: delivery.body });
  const passed = verdict.passed ?? null;
  const targets: DeliveryTarget[] = [];
  for (const plan of plans) {
    targets.push(await target(parts, { repository, trigger, delivery, event, passed, changes }, plan));
  }
  return { ...settlement, targets, explanation: explainTargets(targets, trigger.branch) };
}

/** By the installation that tells of it: a repository that has moved may still be another organization's, too. */
export async function findPushed(
  { db }: Parts,
  { repositoryGithubId, installationGithubId }: Pick<DueDelivery, "repositoryGithubId" | "installationGithubId">,
): Promise<PushedRepository | undefined> {
  const known = repositoryGithubId === null ? [] : await listPushedRepositories(db, repositoryGithubId);
  if (installationGithubId === null) return known[0];
  return known.find((repository) => repository.installationGithubId === installationGithubId);
}

async function forgetDeleted({ db }: Parts, { repositoryId }: PushedRepository, event: PushEvent): Promise<void> {
  if (event.deleted && event.branch !== null)
    await forgetHead(db, { repositoryId, branch: event.branch, sha: event.before });
}

type Received = {
  repository: PushedRepository;
  trigger: PushTrigger;
  delivery: DueDelivery;
  event: PushEvent;
  /** Set when the branch has gone on since: for services where the newest wins. */
  passed: string | null;
  changes: (since: LastSuccess | null) => Promise<Changes>;
};

async function target(parts: Parts, received: Received, plan: Plan<PushedService>): Promise<DeliveryTarget> {
  const { app, service, serviceId } = plan.service;
  if (plan.kind === "skipped") return { app, service, stage: null, deploymentNumber: null, because: plan.because };
  const { stage, row } = plan.match;
  if (received.passed !== null && !plan.service.everyCommit)
    return { app, service, stage, deploymentNumber: null, because: received.passed };
  const since = await findLastSuccess(parts.db, { serviceId, stage, region: row.region });
  const verdict = reaches(plan.service, await received.changes(since));
  if (!verdict.deploys) return { app, service, stage, deploymentNumber: null, because: verdict.because };
  const queued = await queue(parts, received, { serviceId, stage, row, because: verdict.because });
  return { app, service, stage, ...queued };
}

type Found = { serviceId: string; stage: string; row: { deployProfileId: string }; because: string };

async function queue(
  parts: Parts,
  { event, trigger, delivery, repository }: Received,
  { serviceId, stage, row, because }: Found,
): Promise<{ deploymentNumber: number | null; because: string }> {
  const { sender } = event;
  const actor = delivery.source === "poll" ? undefined : ({ kind: "github", name: sender.login } as const);
  try {
    const { number } = await queueDeployment(ctxOf(parts, repository.organizationId, actor), {
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
      triggeredByAvatar: sender.avatarUrl,
      because,
      deliveryId: delivery.deliveryId,
    });
    return { deploymentNumber: number, because };
  } catch (error) {
    if (error instanceof Refusal && error.code === "conflict")
      return { deploymentNumber: null, because: error.message };
    throw error;
  }
}

/**
 * What changed since a commit: from the push itself, when that is what it follows and says all of it; else git tells, once
 * per commit.
 */
function changesOf(
  parts: Parts,
  repository: PushedRepository,
  { head, body }: { head: string; body: unknown },
): Received["changes"] {
  const listed = listedChanges(body);
  const known = new Map<string, Promise<Changes>>();
  return (since) => {
    if (since === null) return Promise.resolve({ kind: "everything", because: "it was never deployed to this stage" });
    if (since.commitSha === listed?.before)
      return Promise.resolve({ kind: "files", files: listed.files, sinceNumber: since.number });
    const found = known.get(since.commitSha) ?? askGit(parts, repository, since, head);
    known.set(since.commitSha, found);
    return found;
  };
}

async function askGit(
  { github, env }: Parts,
  repository: PushedRepository,
  since: LastSuccess,
  head: string,
): Promise<Changes> {
  const { token, cloneUrl } = await github.checkoutToken(repository);
  const listed = await listChangedFiles({
    mirrorDirectory: `${env.WORKER_DIR}/mirrors/${repository.repositoryId}`,
    cloneUrl,
    token,
    base: since.commitSha,
    head,
  });
  if (listed.kind === "files") return { kind: "files", files: listed.files, sinceNumber: since.number };
  return { kind: "everything", because: `what changed since #${since.number} could not be told: ${listed.because}` };
}
