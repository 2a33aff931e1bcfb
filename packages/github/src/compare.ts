import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./repositories.ts";
import { findOnGithub } from "./unavailable.ts";

/** How many commits `head` has that `base` has not; null when one of them is not there. */
export function countCommitsBetween(
  { installation }: Connection,
  { installationGithubId, fullName, base, head }: RepositoryPlace & { base: string; head: string },
): Promise<number | null> {
  return findOnGithub(`compare two commits of ${fullName}`, async () => {
    const octokit = await installation(installationGithubId);
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...placeOf(fullName),
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    return data.ahead_by;
  });
}
