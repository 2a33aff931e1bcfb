import type { Account } from "../store/records.ts";
import type { World } from "../world.ts";

export type Json = Record<string, unknown>;

/** GitHub's opaque global id; only its uniqueness matters. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`0${kind.length}:${kind}${id}`).toString("base64");
}

/** Far above any account's id, so that the App's bot is never taken for a person. */
const BOT_ID = 49_699_333;

const USER_LINKS = {
  followers_url: "/followers",
  following_url: "/following{/other_user}",
  gists_url: "/gists{/gist_id}",
  starred_url: "/starred{/owner}{/repo}",
  subscriptions_url: "/subscriptions",
  organizations_url: "/orgs",
  repos_url: "/repos",
  events_url: "/events{/privacy}",
  received_events_url: "/received_events",
} as const;

function userShape(world: World, user: { login: string; id: number; type: string; htmlUrl: string }): Json {
  const url = `${world.apiUrl}/users/${encodeURIComponent(user.login)}`;
  const links = Object.entries(USER_LINKS).map(([key, suffix]) => [key, url + suffix]);
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId(user.type, user.id),
    avatar_url: `${world.webUrl}/avatars/${encodeURIComponent(user.login)}.svg`,
    gravatar_id: "",
    url,
    html_url: user.htmlUrl,
    ...Object.fromEntries(links),
    type: user.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** "Simple User" of the API, for people and organizations alike. */
export function simpleUser(world: World, account: Account): Json {
  return userShape(world, { ...account, htmlUrl: `${world.webUrl}/${account.login}` });
}

/** The account that acts when the App itself does something. */
export function botUser(world: World): Json {
  const { slug } = world.options.app;
  return userShape(world, {
    login: `${slug}[bot]`,
    id: BOT_ID,
    type: "Bot",
    htmlUrl: `${world.webUrl}/apps/${slug}`,
  });
}

/** Who did it: a person, or (null) the App. */
export function actorShape(world: World, actorId: number | null): Json {
  const account = actorId === null ? undefined : world.store.accounts.get(actorId);
  return account ? simpleUser(world, account) : botUser(world);
}

export function publicUser(world: World, account: Account): Json {
  return {
    ...simpleUser(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    twitter_username: null,
    notification_email: account.email,
    public_repos: world.store.repositories.filter((row) => row.ownerId === account.id && !row.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

export function privateUser(world: World, account: Account): Json {
  const owned = world.store.repositories.filter((row) => row.ownerId === account.id && row.private).length;
  return {
    ...publicUser(world, account),
    private_gists: 0,
    total_private_repos: owned,
    owned_private_repos: owned,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}

export function organizationSimple(world: World, account: Account): Json {
  const url = `${world.apiUrl}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("Organization", account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.webUrl}/avatars/${account.login}.svg`,
    description: account.name,
  };
}
