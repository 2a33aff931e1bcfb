import { mergeTrees } from "../git/merge.ts";
import { findRef, updateRef } from "../git/refs.ts";
import { WEB_COMMITTER, writeCommit } from "../git/write.ts";
import { identityOf } from "../repositories/identity.ts";
import { RestError } from "../rest/errors.ts";
import type { PullRequest, Repository } from "../store/records.ts";
import { fullName } from "../store/repositories.ts";
import { emitPull } from "../webhooks/pull-request.ts";
import { changeRefs } from "../webhooks/ref-changes.ts";
import { now, type World } from "../world.ts";

interface Merge {
  actorId: number | null;
  method: "merge" | "squash" | "rebase";
  title?: string | undefined;
  message?: string | undefined;
  /** The head that the asker saw. */
  expectedHead?: string | undefined;
}

/** Merges an open pull request; 405 when it can't be merged, 409 when its head moved. Gives the new commit. */
export async function mergePull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  merge: Merge,
): Promise<PullRequest> {
  if (merge.method === "rebase") throw new RestError(405, "Rebase merges are not allowed on this repository.");
  const merged = await changeRefs(world, repository, merge.actorId, async () => {
    const current = world.store.pullRequests.get(pull.id);
    if (current?.state !== "open") throw new RestError(405, "Pull Request is not mergeable");
    if (merge.expectedHead !== undefined && merge.expectedHead !== current.headSha) {
      throw new RestError(409, "Head branch was modified. Review and try the merge again.");
    }
    return moveBase(world, repository, current, merge);
  });
  await emitPull(world, repository, merge.actorId, "closed", merged);
  return merged;
}

async function moveBase(world: World, repository: Repository, pull: PullRequest, merge: Merge): Promise<PullRequest> {
  const dir = world.gitDirectory(repository);
  const base = await findRef(dir, `refs/heads/${pull.baseRef}`);
  const tree = base ? await mergeTrees(dir, base.sha, pull.headSha) : null;
  if (!base || tree === null) throw new RestError(405, "Pull Request is not mergeable");
  const commit = await writeCommit(dir, {
    tree,
    parents: merge.method === "squash" ? [base.sha] : [base.sha, pull.headSha],
    message: messageOf(world, repository, pull, merge),
    author: identityOf(world, merge.actorId),
    committer: WEB_COMMITTER,
  });
  if (!(await updateRef(dir, `refs/heads/${pull.baseRef}`, commit, base.sha))) {
    throw new RestError(405, "Base branch was modified. Review and try the merge again.");
  }
  return world.store.pullRequests.update(pull.id, {
    state: "closed",
    baseSha: base.sha,
    closedAt: now(),
    updatedAt: now(),
    mergedAt: now(),
    mergedById: merge.actorId,
    mergeCommitSha: commit,
  });
}

function messageOf(world: World, repository: Repository, pull: PullRequest, merge: Merge): string {
  const owner = fullName(world.store, repository).split("/")[0];
  if (merge.method === "squash") {
    return `${merge.title ?? `${pull.title} (#${pull.number})`}\n\n${merge.message ?? pull.body ?? ""}`.trim();
  }
  const title = merge.title ?? `Merge pull request #${pull.number} from ${owner}/${pull.headRef}`;
  return `${title}\n\n${merge.message ?? pull.title}`.trim();
}
