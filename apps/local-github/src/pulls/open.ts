import { countCommits } from "../git/commits.ts";
import { findRef } from "../git/refs.ts";
import { invalid, RestError } from "../rest/errors.ts";
import type { PullRequest, Repository } from "../store/records.ts";
import { emitPull } from "../webhooks/pull-request.ts";
import { now, type World } from "../world.ts";
import { pointHeadRef } from "./follow.ts";

interface NewPull {
  title: string;
  body: string | null;
  head: string;
  base: string;
  authorId: number;
}

/** Opens a pull request between two branches of the repository; 422 as GitHub gives. */
export async function openPull(world: World, repository: Repository, wanted: NewPull): Promise<PullRequest> {
  const dir = world.gitDirectory(repository);
  const head = await findRef(dir, `refs/heads/${wanted.head}`);
  const base = await findRef(dir, `refs/heads/${wanted.base}`);
  if (!base) throw invalid("PullRequest", "base");
  if (!head) throw invalid("PullRequest", "head");
  if ((await countCommits(dir, [head.sha, `^${base.sha}`])) === 0) {
    throw custom(`No commits between ${wanted.base} and ${wanted.head}`);
  }
  const mine = world.store.pullRequests.filter((pull) => pull.repositoryId === repository.id);
  const twin = mine.find(
    (pull) => pull.state === "open" && pull.headRef === wanted.head && pull.baseRef === wanted.base,
  );
  if (twin) throw custom(`A pull request already exists for ${wanted.head}.`);
  const pull = world.store.pullRequests.insert({
    repositoryId: repository.id,
    number: mine.reduce((most, row) => Math.max(most, row.number), 0) + 1,
    title: wanted.title,
    body: wanted.body,
    headRef: wanted.head,
    baseRef: wanted.base,
    headSha: head.sha,
    baseSha: base.sha,
    state: "open",
    authorId: wanted.authorId,
    createdAt: now(),
    updatedAt: now(),
    closedAt: null,
    mergedAt: null,
    mergedById: null,
    mergeCommitSha: null,
  });
  await pointHeadRef(world, repository, pull);
  await emitPull(world, repository, wanted.authorId, "opened", pull);
  return pull;
}

function custom(message: string): RestError {
  return new RestError(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);
}
