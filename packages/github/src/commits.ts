import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./repositories.ts";
import { findOnGithub } from "./unavailable.ts";

export type CommitFacts = {
  sha: string;
  message: string;
  authorName: string;
  authorLogin: string | null;
  authorAvatarUrl: string | null;
};

/** GitHub says 422 of what is no commit. */
const noSuchCommit = [404, 422];

/** Whether the repository still has a commit, on a branch or beside them all. */
export async function hasCommit(
  { installation }: Connection,
  { installationGithubId, fullName, sha }: RepositoryPlace & { sha: string },
): Promise<boolean> {
  const ask = async () => {
    const octokit = await installation(installationGithubId);
    return octokit.request("GET /repos/{owner}/{repo}/commits/{ref}", { ...placeOf(fullName), ref: sha });
  };
  return (await findOnGithub(`look for ${sha} in ${fullName}`, ask, noSuchCommit)) !== null;
}

/** The last commit of a branch; null when there is no such branch. */
export function findBranchHead(
  { installation }: Connection,
  { installationGithubId, fullName, branch }: RepositoryPlace & { branch: string },
): Promise<CommitFacts | null> {
  return findOnGithub(`read the head of ${branch} of ${fullName}`, async () => {
    const octokit = await installation(installationGithubId);
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/branches/{branch}", {
      ...placeOf(fullName),
      branch,
    });
    const { sha, commit, author } = data.commit;
    return {
      sha,
      message: commit.message,
      authorName: commit.author?.name ?? "",
      authorLogin: author?.login ?? null,
      authorAvatarUrl: author?.avatar_url ?? null,
    };
  });
}
