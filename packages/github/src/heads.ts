import type { Octokit } from "@octokit/core";
import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./place.ts";
import { findOnGithub, statusOf } from "./unavailable.ts";

export type ListedHeads =
  /** Every branch with its commit. */
  { kind: "listed"; heads: Map<string, string>; etag: string | null } | { kind: "unchanged" };

type Asked = RepositoryPlace & { etag: string | null };

/**
 * Every branch's head, in one request however many there are: GitHub does not page this list. No limit counts it while
 * none has moved since `etag`, which holds for one token. Null when the repository is not there; an empty one has none.
 */
export function listHeads({ installation }: Connection, asked: Asked): Promise<ListedHeads | null> {
  return findOnGithub(`list the branches of ${asked.fullName}`, async () =>
    readHeads(await installation(asked.installationGithubId), asked),
  );
}

async function readHeads(octokit: Octokit, { etag, ...place }: Asked): Promise<ListedHeads> {
  try {
    const { data, headers } = await octokit.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
      ...placeOf(place),
      ref: "heads",
      headers: etag === null ? {} : { "if-none-match": etag },
    });
    return { kind: "listed", heads: headsOf(data), etag: headers.etag ?? null };
  } catch (error) {
    // Octokit throws what is not an answer in 2xx; GitHub says 409 of a repository without a commit.
    if (statusOf(error) === 304) return { kind: "unchanged" };
    if (statusOf(error) === 409) return { kind: "listed", heads: new Map(), etag: null };
    throw error;
  }
}

/** The commit that a branch is at; null when there is no such branch, also in a repository without a commit. */
export function findHead(
  { installation }: Connection,
  { branch, ...place }: RepositoryPlace & { branch: string },
): Promise<string | null> {
  const ask = async () => {
    const octokit = await installation(place.installationGithubId);
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      ...placeOf(place),
      ref: `heads/${branch}`,
    });
    return data.object.sha;
  };
  return findOnGithub(`read where ${branch} of ${place.fullName} is`, ask, [404, 409]);
}

const prefix = "refs/heads/";

function headsOf(refs: { ref: string; object: { sha: string } }[]): Map<string, string> {
  const branches = refs.filter(({ ref }) => ref.startsWith(prefix));
  return new Map(branches.map(({ ref, object }) => [ref.slice(prefix.length), object.sha]));
}
