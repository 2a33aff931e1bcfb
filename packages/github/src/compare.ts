import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./place.ts";
import { findOnGithub } from "./unavailable.ts";

/** How many commits `head` has that `base` has not; null when one of them is not there. */
export function countCommitsBetween(
  { installation }: Connection,
  { base, head, ...place }: RepositoryPlace & { base: string; head: string },
): Promise<number | null> {
  return findOnGithub(`compare two commits of ${place.fullName}`, async () => {
    const octokit = await installation(place.installationGithubId);
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...placeOf(place),
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    return data.ahead_by;
  });
}
