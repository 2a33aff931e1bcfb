import { type BranchDeploy, type BranchMatch, matchBranch, type TriggerSettings } from "../branch-mappings/rules.ts";

/** What a push says, once parsed; null where GitHub sends none. */
export type Push = {
  ref: string;
  branch: string | null;
  deleted: boolean;
  headCommit: { sha: string; message: string; authorName: string; authorLogin: string | null } | null;
};

export type PushTrigger = { branch: string; commit: NonNullable<Push["headCommit"]> };

/** A push that may deploy, or the reason why it never does. */
export function triggerOfPush(push: Push): PushTrigger | { ignored: string } {
  if (push.branch === null) return { ignored: `ignored: \`${push.ref}\` is not a branch` };
  if (push.deleted) return { ignored: `ignored: the branch \`${push.branch}\` was deleted` };
  if (push.headCommit === null) return { ignored: `ignored: the push to \`${push.branch}\` has no head commit` };
  return { branch: push.branch, commit: push.headCommit };
}

export type PullRequest = {
  number: number;
  base: { githubId: bigint; fullName: string };
  /** Null when it is gone. */
  head: { githubId: bigint; fullName: string } | null;
};

/**
 * Why a pull request deploys nothing. A fork is told by the numbers of both repositories: names can be taken by others, and
 * whoever can push to a fork is no member of ours.
 */
export function explainPullRequest({ number, base, head }: PullRequest): string {
  if (head?.githubId === base.githubId)
    return `ignored: pull request #${number} deploys with its merge, which is a push`;
  const fork = head === null ? "a fork that is gone" : `the fork ${head.fullName}`;
  return `ignored: pull request #${number} comes from ${fork}, and a fork never gets credentials`;
}

/** What planning must know of a service. */
export type PlannedService<Row extends BranchDeploy = BranchDeploy> = TriggerSettings & {
  app: string;
  service: string;
  enabled: boolean;
  branchDeploys: readonly Row[];
};

export type Plan<Service extends PlannedService> = { service: Service } & (
  | { kind: "matched"; match: BranchMatch<Service["branchDeploys"][number]> }
  | { kind: "skipped"; because: string }
);

/** Station 3, first half: which services a branch maps to a stage, and why not the others. */
export function planPush<Service extends PlannedService>(
  services: readonly Service[],
  branch: string,
): Plan<Service>[] {
  return services.map((service) => {
    if (!service.enabled) return { service, kind: "skipped", because: "CI/CD is not enabled" };
    const match = matchBranch<Service["branchDeploys"][number]>(service.branchDeploys, branch);
    if (match === null) return { service, kind: "skipped", because: `no branch deploy matches \`${branch}\`` };
    return { service, kind: "matched", match };
  });
}

type Told = { app: string; service: string; deploymentNumber: number | null; because: string };

/** The delivery's one sentence: "orders: deployment #42; billing: no file in its trigger directories changed since #40". */
export function explainTargets(targets: readonly Told[], branch: string): string {
  if (targets.length === 0) return "ignored: the repository has no service";
  const unmatched = `no branch deploy matches \`${branch}\``;
  if (targets.every((target) => target.because === unmatched)) return `ignored: ${unmatched}`;
  return targets
    .map(({ service, deploymentNumber, because }) =>
      deploymentNumber === null ? `${service}: ${because}` : `${service}: deployment #${deploymentNumber}`,
    )
    .join("; ");
}
