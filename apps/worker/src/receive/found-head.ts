import { readHandledHead } from "@branchline/core/branch-heads/handled";
import { FoundHeadBody } from "@branchline/core/branch-heads/look";
import type { DueDelivery } from "@branchline/core/webhook-deliveries/queries";
import type { Settlement } from "@branchline/core/webhook-deliveries/settle";
import type { Parts } from "../parts.ts";
import { explained } from "./bookkeeping.ts";
import { findPushed, type PushEvent, receivePush } from "./push.ts";

/** A head that no webhook told of walks as the push that it must have been. */
export async function receiveFoundHead(parts: Parts, delivery: DueDelivery): Promise<Settlement> {
  const { branch, before, after } = FoundHeadBody.parse(delivery.body);
  const repository = await findPushed(parts, delivery);
  if (repository === undefined) return explained("ignored: the repository is no longer connected");
  const { repositoryId, installationGithubId, githubId, fullName } = repository;
  const { handled } = await readHandledHead(parts.db, { repositoryId, branch });
  const head = await parts.github.findBranchHead({ installationGithubId, githubId, fullName, branch });
  // One that has moved on has no facts to show, and is explained as superseded.
  const facts = head?.sha === after ? head : { message: "", authorName: "", authorLogin: null, authorAvatarUrl: null };
  const { message, authorName, authorLogin, authorAvatarUrl } = facts;
  const event: PushEvent = {
    kind: "push",
    repositoryGithubId: githubId,
    installationGithubId,
    fullName,
    ref: `refs/heads/${branch}`,
    branch,
    before: before ?? "0".repeat(after.length),
    after,
    created: before === null,
    deleted: false,
    forced: false,
    headCommit: { sha: after, message, authorName, authorLogin },
    sender: { login: authorLogin ?? authorName, githubId: null, avatarUrl: authorAvatarUrl },
  };
  const settlement = await receivePush(parts, delivery, event, { handled, head: head?.sha ?? null });
  return { ...settlement, explanation: `found without a webhook: ${settlement.explanation}` };
}
