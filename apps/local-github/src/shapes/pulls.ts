import { getAccount } from "../store/accounts.ts";
import type { PullRequest, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import { MERGE_SETTINGS, repositoryPage, repositoryShape, repositoryUrl } from "./repositories.ts";
import { actorShape, type Json, nodeId, simpleUser } from "./users.ts";

/** "Pull Request Simple" of the API, as lists give it. */
export function simplePull(world: World, repository: Repository, pull: PullRequest): Json {
  const url = repositoryUrl(world, repository);
  const page = `${repositoryPage(world, repository)}/pull/${pull.number}`;
  return {
    ...links(url, page, pull),
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: actorShape(world, pull.authorId),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: false,
    head: sideShape(world, repository, pull.headRef, pull.headSha),
    base: sideShape(world, repository, pull.baseRef, pull.baseSha),
    author_association: "MEMBER",
    auto_merge: null,
    active_lock_reason: null,
  };
}

function links(url: string, page: string, pull: PullRequest): Json {
  const self = `${url}/pulls/${pull.number}`;
  const issue = `${url}/issues/${pull.number}`;
  const addresses = {
    comments: `${issue}/comments`,
    commits: `${self}/commits`,
    statuses: `${url}/statuses/${pull.headSha}`,
    issue,
    review_comments: `${self}/comments`,
    review_comment: `${url}/pulls/comments{/number}`,
  };
  return {
    url: self,
    issue_url: issue,
    commits_url: addresses.commits,
    review_comments_url: addresses.review_comments,
    review_comment_url: addresses.review_comment,
    comments_url: addresses.comments,
    statuses_url: addresses.statuses,
    _links: Object.fromEntries(
      Object.entries({ self, html: page, ...addresses }).map(([name, href]) => [name, { href }]),
    ),
  };
}

function sideShape(world: World, repository: Repository, ref: string, sha: string): Json {
  const owner = getAccount(world.store, repository.ownerId);
  return {
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: simpleUser(world, owner),
    repo: { ...repositoryShape(world, repository), ...MERGE_SETTINGS },
  };
}

/** What git knows about a pull request. */
export interface PullNumbers {
  commits: number;
  additions: number;
  deletions: number;
  changedFiles: number;
  /** null once the pull request is closed. */
  mergeable: boolean | null;
}

/** "Pull Request" of the API, as a GET of one gives it. */
export function fullPull(world: World, repository: Repository, pull: PullRequest, numbers: PullNumbers): Json {
  return {
    ...simplePull(world, repository, pull),
    merged: pull.mergedAt !== null,
    mergeable: numbers.mergeable,
    rebaseable: false,
    mergeable_state: numbers.mergeable === null ? "unknown" : numbers.mergeable ? "clean" : "dirty",
    merged_by: pull.mergedAt === null ? null : actorShape(world, pull.mergedById),
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: numbers.commits,
    additions: numbers.additions,
    deletions: numbers.deletions,
    changed_files: numbers.changedFiles,
  };
}
