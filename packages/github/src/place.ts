import type { Octokit } from "@octokit/core";

/** The name is for people: another repository may have it by now. */
export type RepositoryPlace = { installationGithubId: bigint; githubId: bigint; fullName: string };

/** For routes that begin with /repos/{owner}/{repo}, as GitHub describes them. */
export function placeOf({ githubId }: Pick<RepositoryPlace, "githubId">) {
  return { owner: "", repo: "", repository_id: Number(githubId) };
}

/**
 * Asks for repositories by their number, under which GitHub has all the same routes: whoever takes a name that a repository
 * had would else be taken for it.
 */
export function byNumber(octokit: Octokit): Octokit {
  octokit.hook.before("request", (options) => {
    if (!("repository_id" in options)) return;
    options.url = options.url.replace("/repos/{owner}/{repo}", "/repositories/{repository_id}");
    Reflect.deleteProperty(options, "owner");
    Reflect.deleteProperty(options, "repo");
  });
  return octokit;
}
