import { isAncestor, ZERO_SHA } from "../git/refs.ts";
import { git } from "../git/run.ts";
import type { PullRequest, Repository } from "../store/records.ts";
import { emitPull } from "../webhooks/pull-request.ts";
import type { RefChange } from "../webhooks/push.ts";
import { now, type World } from "../world.ts";

/** What a moved branch means for the open pull requests: new commits, a merge by hand, or the end. */
export async function followPush(
  world: World,
  repository: Repository,
  actorId: number | null,
  change: RefChange,
): Promise<void> {
  if (!change.ref.startsWith("refs/heads/")) return;
  const branch = change.ref.slice("refs/heads/".length);
  const open = world.store.pullRequests.filter((pull) => pull.repositoryId === repository.id && pull.state === "open");
  for (const pull of open) {
    if (pull.headRef === branch) await followHead(world, repository, actorId, pull, change);
    else if (pull.baseRef === branch) await followBase(world, repository, actorId, pull, change);
  }
}

async function followHead(
  world: World,
  repository: Repository,
  actorId: number | null,
  pull: PullRequest,
  change: RefChange,
): Promise<void> {
  if (change.after === ZERO_SHA) {
    const closed = world.store.pullRequests.update(pull.id, { state: "closed", closedAt: now(), updatedAt: now() });
    return emitPull(world, repository, actorId, "closed", closed);
  }
  const moved = world.store.pullRequests.update(pull.id, { headSha: change.after, updatedAt: now() });
  await pointHeadRef(world, repository, moved);
  return emitPull(world, repository, actorId, "synchronize", moved, { before: change.before, after: change.after });
}

async function followBase(
  world: World,
  repository: Repository,
  actorId: number | null,
  pull: PullRequest,
  change: RefChange,
): Promise<void> {
  const gone = change.after === ZERO_SHA;
  const merged = !gone && (await isAncestor(world.gitDirectory(repository), pull.headSha, change.after));
  if (!gone && !merged) return;
  const closed = world.store.pullRequests.update(pull.id, {
    state: "closed",
    closedAt: now(),
    updatedAt: now(),
    ...(merged ? { mergedAt: now(), mergedById: actorId, mergeCommitSha: change.after, baseSha: change.before } : {}),
  });
  return emitPull(world, repository, actorId, "closed", closed);
}

/** Keeps `refs/pull/N/head`, by which anybody can fetch a pull request. */
export async function pointHeadRef(world: World, repository: Repository, pull: PullRequest): Promise<void> {
  await git(world.gitDirectory(repository), ["update-ref", `refs/pull/${pull.number}/head`, pull.headSha]);
}
