import type { Connection } from "./connection.ts";
import { placeOf, type RepositoryPlace } from "./place.ts";
import { findOnGithub, onGithub } from "./unavailable.ts";

export type GrantedRepository = { githubId: bigint; fullName: string; private: boolean; defaultBranch: string };
export type RepositoryFile = { path: string; blobSha: string; size: number };

const perPage = 100;

/** Every repository that the installation grants; null when it is gone. */
export function listInstallationRepositories(
  { installation }: Connection,
  githubId: bigint,
): Promise<GrantedRepository[] | null> {
  return findOnGithub("list the installation's repositories", async () => {
    const octokit = await installation(githubId);
    const found: GrantedRepository[] = [];
    for (let page = 1; ; page += 1) {
      const { data } = await octokit.request("GET /installation/repositories", { per_page: perPage, page });
      for (const row of data.repositories) {
        const { id, full_name, default_branch } = row;
        found.push({ githubId: BigInt(id), fullName: full_name, private: row.private, defaultBranch: default_branch });
      }
      if (data.repositories.length < perPage) return found;
    }
  });
}

/** A token that reads the contents of this repository and can do nothing else, and where git finds it now. Valid for an hour. */
export function checkoutToken(
  { app, options }: Connection,
  { installationGithubId, githubId, fullName }: RepositoryPlace,
): Promise<{ token: string; cloneUrl: string; expiresAt: Date }> {
  return onGithub("make a checkout token", async () => {
    const { data } = await app.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: Number(installationGithubId),
      repository_ids: [Number(githubId)],
      permissions: { contents: "read" },
    });
    const [repository] = data.repositories ?? [];
    const cloneUrl = `${options.url}/${repository?.full_name ?? fullName}.git`;
    return { token: data.token, cloneUrl, expiresAt: new Date(data.expires_at) };
  });
}

/** GitHub says 409 of a repository without a commit, and 422 of a ref that it does not know. */
const noSuchTree = [404, 409, 422];

/** All files at a branch, tag or commit; null when it is not there. */
export function listFiles(
  { installation }: Connection,
  { ref, ...place }: RepositoryPlace & { ref: string },
): Promise<{ sha: string; files: RepositoryFile[]; truncated: boolean } | null> {
  const list = async () => {
    const octokit = await installation(place.installationGithubId);
    const commit = await octokit.request("GET /repos/{owner}/{repo}/commits/{ref}", { ...placeOf(place), ref });
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
      ...placeOf(place),
      tree_sha: commit.data.commit.tree.sha,
      recursive: "1",
    });
    const files = data.tree.flatMap(({ type, path, sha, size }) =>
      type === "blob" && path !== undefined && sha !== undefined ? [{ path, blobSha: sha, size: size ?? 0 }] : [],
    );
    return { sha: commit.data.sha, files, truncated: data.truncated };
  };
  return findOnGithub(`list the files of ${place.fullName}`, list, noSuchTree);
}

/** A text file; null when it is not there. */
export function readFile(
  { installation }: Connection,
  { path, ref, ...place }: RepositoryPlace & { path: string; ref: string },
): Promise<string | null> {
  return findOnGithub(`read ${path} of ${place.fullName}`, async () => {
    const octokit = await installation(place.installationGithubId);
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...placeOf(place),
      path,
      ref,
    });
    if (Array.isArray(data) || data.type !== "file" || !("content" in data)) return null;
    return Buffer.from(data.content, "base64").toString("utf8");
  });
}
