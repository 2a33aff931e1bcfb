import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./place.ts";
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

/**
 * The commit of a SHA, or of what one begins with; null when there is none, or several. It may be on no branch: GitHub
 * knows the commits of a repository's forks as well.
 */
export function findCommit(
  { installation }: Connection,
  { sha, ...place }: RepositoryPlace & { sha: string },
): Promise<CommitFacts | null> {
  const ask = async () => {
    const octokit = await installation(place.installationGithubId);
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/commits/{ref}", {
      ...placeOf(place),
      ref: sha,
    });
    // A branch or a tag may be called like a commit.
    return data.sha.startsWith(sha) ? factsOf(data) : null;
  };
  return findOnGithub(`look for ${sha} in ${place.fullName}`, ask, noSuchCommit);
}

/** The last commit of a branch; null when there is no such branch. */
export function findBranchHead(
  { installation }: Connection,
  { branch, ...place }: RepositoryPlace & { branch: string },
): Promise<CommitFacts | null> {
  return findOnGithub(`read the head of ${branch} of ${place.fullName}`, async () => {
    const octokit = await installation(place.installationGithubId);
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/branches/{branch}", {
      ...placeOf(place),
      branch,
    });
    return factsOf(data.commit);
  });
}

type Told = {
  sha: string;
  commit: { message: string; author: { name?: string } | null };
  author: { login?: string; avatar_url?: string } | null;
};

function factsOf({ sha, commit, author }: Told): CommitFacts {
  return {
    sha,
    message: commit.message,
    authorName: commit.author?.name ?? "",
    authorLogin: author?.login ?? null,
    authorAvatarUrl: author?.avatar_url ?? null,
  };
}
