import { claimHead, readHandledHead } from "@branchline/core/branch-heads/handled";
import { type HandledHead, judgePush, type PushVerdict } from "@branchline/core/branch-heads/rules";
import { Outage } from "@branchline/core/errors";
import type { PushedRepository } from "@branchline/core/triggers/queries";
import type { Parts } from "../parts.ts";

type Told = {
  delivery: { deliveryId: string; receivedAt: Date; copyOf: string | null; hadHead: boolean };
  branch: string;
  before: string;
  commit: { sha: string };
  /** Nothing is deployed from other branches, so GitHub is not asked where they are. */
  isAwaited: boolean;
  /** A service deploys every push of the branch. */
  isEveryWanted: boolean;
};

/** What was handled, and then where the branch is: in this order, since what is handled meanwhile is newer. */
export type LookAtHead = { handled: HandledHead | null; head: string | null };

const attempts = 5;

/**
 * Makes what a push tells the branch's handled head, when the branch still is there. Whoever is overtaken between reading
 * what was handled and writing it looks again, so heads are handled in the order in which the branch had them.
 * @param first a look that was had already, so that GitHub is not asked twice
 */
export async function takeHead(
  parts: Parts,
  repository: PushedRepository,
  told: Told,
  first: LookAtHead | null,
): Promise<PushVerdict> {
  const { db } = parts;
  const { repositoryId, fullName } = repository;
  const { delivery, branch, before, commit, isEveryWanted } = told;
  const { deliveryId, copyOf } = delivery;
  const after = commit.sha;
  // It was cut off while it queued: whether it was overtaken since is seen there, service by service.
  if (delivery.hadHead) return { deploys: true };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { handled, head } = (attempt === 0 ? first : null) ?? (await lookAtHead(parts, repository, told));
    const verdict = judgePush({ deliveryId, branch, before, after, head, handled, copyOf, isEveryWanted });
    if (!verdict.deploys) return verdict;
    if (await claimHead(db, { repositoryId, branch, sha: after, deliveryId }, handled)) return verdict;
  }
  throw new Outage("Another worker", new Error(`The branch ${branch} of ${fullName} moves too fast.`));
}

async function lookAtHead(parts: Parts, repository: PushedRepository, told: Told): Promise<LookAtHead> {
  const { branch, commit, isAwaited } = told;
  const { handled, at } = await readHandledHead(parts.db, { repositoryId: repository.repositoryId, branch });
  return { handled, head: isAwaited ? await findHead(parts, repository, told, at) : commit.sha };
}

/** Where the branch is, or was since the push was told of: what it had left by then is not its head any more. */
async function findHead(
  { github, seenHeads }: Parts,
  { repositoryId, installationGithubId, githubId, fullName }: PushedRepository,
  { delivery, branch, commit }: Told,
  askedAt: Date,
): Promise<string | null> {
  const later = seenHeads.findLater({ repositoryId, branch }, { sha: commit.sha, at: delivery.receivedAt });
  if (later !== null) return later.sha;
  const sha = await github.findHead({ installationGithubId, githubId, fullName, branch });
  seenHeads.note({ repositoryId, branch }, { sha, askedAt });
  return sha;
}
