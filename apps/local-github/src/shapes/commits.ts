import type { Commit, Person } from "../git/commits.ts";
import type { ChangedFile } from "../git/compare.ts";
import { findUserByEmail } from "../store/accounts.ts";
import type { Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { repositoryPage, repositoryUrl } from "./repositories.ts";
import { type Json, nodeId, simpleUser } from "./users.ts";

const UNSIGNED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** GitHub writes commit dates in UTC without fractions. */
export function utc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}

function personShape(person: Person): Json {
  return { name: person.name, email: person.email, date: utc(person.date) };
}

function userFor(world: World, person: Person): Json | null {
  const account = findUserByEmail(world.store, person.email);
  return account ? simpleUser(world, account) : null;
}

/** "Commit" of the API, without its files. */
export function commitShape(world: World, repository: Repository, commit: Commit): Json {
  const url = repositoryUrl(world, repository);
  const page = repositoryPage(world, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    commit: {
      author: personShape(commit.author),
      committer: personShape(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: userFor(world, commit.author),
    committer: userFor(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  };
}

/** "Diff Entry": one changed file, as it is at the given commit. */
export function fileShape(world: World, repository: Repository, sha: string, file: ChangedFile): Json {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const page = repositoryPage(world, repository);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}
