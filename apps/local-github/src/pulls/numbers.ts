import { countCommits } from "../git/commits.ts";
import { changedFiles } from "../git/compare.ts";
import { mergeTrees } from "../git/merge.ts";
import { findRef, mergeBase } from "../git/refs.ts";
import type { PullNumbers } from "../shapes/pulls.ts";
import type { PullRequest, Repository } from "../store/records.ts";
import type { World } from "../world.ts";

/** Counts and mergeability of a pull request, from git. */
export async function pullNumbers(world: World, repository: Repository, pull: PullRequest): Promise<PullNumbers> {
  const dir = world.gitDirectory(repository);
  const files = await pullFiles(world, repository, pull);
  const base = pull.state === "open" ? await findRef(dir, `refs/heads/${pull.baseRef}`) : null;
  return {
    commits: await countCommits(dir, [pull.headSha, `^${pull.baseSha}`]),
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
    mergeable: base ? (await mergeTrees(dir, base.sha, pull.headSha)) !== null : null,
  };
}

/** The files that the pull request changes, seen from where it left its base. */
export async function pullFiles(world: World, repository: Repository, pull: PullRequest) {
  const dir = world.gitDirectory(repository);
  const start = await mergeBase(dir, pull.baseSha, pull.headSha);
  return start === null ? [] : changedFiles(dir, start, pull.headSha);
}
