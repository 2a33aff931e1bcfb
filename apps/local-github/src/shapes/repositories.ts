import { getAccount } from "../store/accounts.ts";
import type { Repository } from "../store/records.ts";
import { fullName } from "../store/repositories.ts";
import type { World } from "../world.ts";
import { type Json, nodeId, simpleUser } from "./users.ts";

const REPOSITORY_LINKS = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
} as const;

const FIXED = {
  fork: false,
  homepage: null,
  language: null,
  size: 0,
  forks: 0,
  forks_count: 0,
  stargazers_count: 0,
  watchers: 0,
  watchers_count: 0,
  open_issues: 0,
  open_issues_count: 0,
  license: null,
  mirror_url: null,
  archived: false,
  disabled: false,
  has_issues: true,
  has_projects: false,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  has_downloads: true,
  is_template: false,
  topics: [],
  custom_properties: {},
  allow_forking: true,
  web_commit_signoff_required: false,
} as const;

/** What only those who may write get to see, and what pull requests say of both their sides. */
export const MERGE_SETTINGS = {
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: false,
  allow_auto_merge: false,
  allow_update_branch: false,
  delete_branch_on_merge: false,
} as const;

export type Access = "none" | "read" | "write" | "admin";

export function repositoryUrl(world: World, repository: Repository): string {
  return `${world.apiUrl}/repos/${fullName(world.store, repository)}`;
}

export function repositoryPage(world: World, repository: Repository): string {
  return `${world.webUrl}/${fullName(world.store, repository)}`;
}

/** "Repository" of the API as lists and webhooks give it. */
export function repositoryShape(world: World, repository: Repository, access?: Access): Json {
  const url = repositoryUrl(world, repository);
  const page = repositoryPage(world, repository);
  const name = fullName(world.store, repository);
  const host = new URL(world.webUrl).hostname;
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: name,
    private: repository.private,
    owner: simpleUser(world, getAccount(world.store, repository.ownerId)),
    html_url: page,
    description: repository.description,
    url,
    ...Object.fromEntries(Object.entries(REPOSITORY_LINKS).map(([key, suffix]) => [key, url + suffix])),
    git_url: `git://${host}/${name}.git`,
    ssh_url: `git@${host}:${name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    ...FIXED,
    visibility: repository.private ? "private" : "public",
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    ...(access ? { permissions: permissionsShape(access) } : {}),
  };
}

function permissionsShape(access: Access): Record<string, boolean> {
  const write = access === "write" || access === "admin";
  const admin = access === "admin";
  return { admin, maintain: admin, push: write, triage: write, pull: access !== "none" };
}

/** "Full Repository": what a GET of one repository adds. */
export function fullRepository(world: World, repository: Repository, access: Access): Json {
  const owner = getAccount(world.store, repository.ownerId);
  return {
    ...repositoryShape(world, repository, access),
    network_count: 0,
    subscribers_count: 0,
    temp_clone_token: "",
    ...(access === "none" || access === "read" ? {} : MERGE_SETTINGS),
    ...(owner.type === "Organization" ? { organization: simpleUser(world, owner) } : {}),
  };
}

/** The five fields by which installation webhooks name a repository. */
export function repositoryReference(world: World, repository: Repository): Json {
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullName(world.store, repository),
    private: repository.private,
  };
}
