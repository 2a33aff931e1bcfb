import type { Octokit } from "@octokit/core";
import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./repositories.ts";
import { findOnGithub, statusOf } from "./unavailable.ts";

export type ListedHeads =
  /** Every branch with its commit. Null for an etag that does not stand for the whole list. */
  { kind: "listed"; heads: Map<string, string>; etag: string | null } | { kind: "unchanged" };

const perPage = 100;
const prefix = "refs/heads/";

type Asked = RepositoryPlace & { etag: string | null };
type Page = { heads: [string, string][]; etag: string | null; hasMore: boolean };

/**
 * Every branch's head, in one request that costs nothing while none has moved since `etag`; null when the repository is
 * not there. An empty repository has none.
 */
export function listHeads({ installation }: Connection, asked: Asked): Promise<ListedHeads | null> {
  return findOnGithub(`list the branches of ${asked.fullName}`, async () => {
    const octokit = await installation(asked.installationGithubId);
    const first = await readPage(octokit, asked, 1);
    if (first === null) return { kind: "unchanged" };
    const heads = new Map(first.heads);
    let last = first;
    for (let number = 2; last.hasMore; number += 1) {
      last = (await readPage(octokit, { ...asked, etag: null }, number)) ?? empty;
      for (const [branch, sha] of last.heads) heads.set(branch, sha);
    }
    return { kind: "listed", heads, etag: first.hasMore ? null : first.etag };
  });
}

const empty: Page = { heads: [], etag: null, hasMore: false };

/** Null when nothing has changed. */
async function readPage(octokit: Octokit, { fullName, etag }: Asked, page: number): Promise<Page | null> {
  try {
    const { data, headers } = await octokit.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
      ...placeOf(fullName),
      ref: "heads",
      per_page: perPage,
      page,
      headers: etag === null ? {} : { "if-none-match": etag },
    });
    return {
      heads: data
        .filter(({ ref }) => ref.startsWith(prefix))
        .map(({ ref, object }) => [ref.slice(prefix.length), object.sha]),
      etag: headers.etag ?? null,
      hasMore: String(headers.link ?? "").includes('rel="next"'),
    };
  } catch (error) {
    // Octokit throws what is not an answer in 2xx; GitHub says 409 of a repository without a commit.
    if (statusOf(error) === 304) return null;
    if (statusOf(error) === 409) return empty;
    throw error;
  }
}
