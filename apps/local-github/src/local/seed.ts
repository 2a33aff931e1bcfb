import { z } from "zod";
import { createGitRepository } from "../git/create.ts";
import { findRef, updateRef, ZERO_SHA } from "../git/refs.ts";
import { writeCommit, writeTreeFromDirectory } from "../git/write.ts";
import { announceRepositories, install, suspend, unsuspend } from "../installations/change.ts";
import { RestError } from "../rest/errors.ts";
import { findAccount, findMembership } from "../store/accounts.ts";
import type { Account, Installation, Repository } from "../store/records.ts";
import { findRepository } from "../store/repositories.ts";
import { emitForRepository } from "../webhooks/emit.ts";
import { changeRefs } from "../webhooks/ref-changes.ts";
import { now, type World } from "../world.ts";

const Login = z.string().regex(/^[A-Za-z\d](?:[A-Za-z\d]|-(?=[A-Za-z\d])){0,38}$/);

export const UserSeed = z.object({ name: z.string().nullish(), email: z.email().nullish() });
export const OrganizationSeed = z.object({
  name: z.string().nullish(),
  admins: z.array(z.string()).default([]),
  members: z.array(z.string()).default([]),
});
export const RepositorySeed = z.object({
  private: z.boolean().default(true),
  defaultBranch: z.string().default("main"),
  description: z.string().nullish(),
  from: z.string().startsWith("/").optional(),
  message: z.string().default("Initial commit"),
  author: z.union([z.string(), z.object({ name: z.string(), email: z.string() })]).optional(),
});
export const InstallationSeed = z.object({
  repositories: z.union([z.literal("all"), z.array(z.string())]),
  suspended: z.boolean().default(false),
});

function unprocessable(message: string): RestError {
  return new RestError(422, message);
}

/** Creates or changes a person; like everybody on GitHub they have an address. */
export function putUser(world: World, login: string, seed: z.infer<typeof UserSeed>): Account {
  return putAccount(world, login, "User", seed.name ?? null, seed.email ?? `${login}@example.com`);
}

function putAccount(world: World, login: string, type: Account["type"], name: string | null, email: string | null) {
  if (!Login.safeParse(login).success) throw unprocessable(`${login} is not a login`);
  const existing = findAccount(world.store, login);
  if (existing && existing.type !== type) throw unprocessable(`${login} is an account of another type`);
  if (existing) return world.store.accounts.update(existing.id, { name, email });
  return world.store.accounts.insert({ type, login, name, email, createdAt: now() });
}

/** Makes the organization's people exactly those named. */
export function putOrganization(world: World, login: string, seed: z.infer<typeof OrganizationSeed>): Account {
  const people = new Map([
    ...seed.members.map((name) => [userOf(world, name).id, "member"] as const),
    ...seed.admins.map((name) => [userOf(world, name).id, "admin"] as const),
  ]);
  const organization = putAccount(world, login, "Organization", seed.name ?? null, null);
  const { memberships } = world.store;
  for (const row of memberships.filter((one) => one.organizationId === organization.id)) {
    if (!people.has(row.userId)) memberships.remove(row.id);
  }
  for (const [userId, role] of people) {
    const row = findMembership(world.store, organization.id, userId);
    if (row) memberships.update(row.id, { role });
    else memberships.insert({ organizationId: organization.id, userId, role });
  }
  return organization;
}

function userOf(world: World, login: string): Account {
  const user = findAccount(world.store, login);
  if (user?.type !== "User") throw unprocessable(`there is no user ${login}`);
  return user;
}

/** Creates the repository once, and its first commit once; the App hears of both. */
export async function putRepository(
  world: World,
  owner: string,
  name: string,
  seed: z.infer<typeof RepositorySeed>,
): Promise<Repository> {
  const account = findAccount(world.store, owner);
  if (!account) throw unprocessable(`there is no account ${owner}`);
  if (!/^[\w.-]{1,100}$/.test(name) || /\.git$|^\.{1,2}$/.test(name)) throw unprocessable(`${name} is not a name`);
  const existing = findRepository(world.store, owner, name);
  const repository = existing
    ? world.store.repositories.update(existing.id, { private: seed.private })
    : await createRepository(world, account, name, seed);
  if (seed.from !== undefined) await importOnce(world, repository, seed.from, seed);
  return repository;
}

async function createRepository(world: World, account: Account, name: string, seed: z.infer<typeof RepositorySeed>) {
  const repository = world.store.repositories.insert({
    ownerId: account.id,
    name,
    private: seed.private,
    defaultBranch: seed.defaultBranch,
    description: seed.description ?? null,
    formerNames: [],
    createdAt: now(),
    updatedAt: now(),
    pushedAt: now(),
  });
  await createGitRepository(world.gitDirectory(repository), seed.defaultBranch);
  const senderId = firstAdministrator(world, account);
  emitForRepository(world, repository, { event: "repository", action: "created", senderId, payload: {} });
  const everywhere = world.store.installations.find((row) => row.accountId === account.id && row.selection === "all");
  if (everywhere) announceRepositories(world, everywhere, { added: [repository], removed: [] }, senderId);
  return repository;
}

function firstAdministrator(world: World, account: Account): number {
  if (account.type === "User") return account.id;
  const admin = world.store.memberships.find((row) => row.organizationId === account.id && row.role === "admin");
  return admin?.userId ?? account.id;
}

async function importOnce(world: World, repository: Repository, from: string, seed: z.infer<typeof RepositorySeed>) {
  const dir = world.gitDirectory(repository);
  const ref = `refs/heads/${seed.defaultBranch}`;
  if (await findRef(dir, ref)) return;
  const { author, actorId } = authorOf(world, repository, seed);
  await changeRefs(world, repository, actorId, async () => {
    const tree = await writeTreeFromDirectory(dir, from);
    const commit = await writeCommit(dir, { tree, parents: [], message: seed.message, author, committer: author });
    await updateRef(dir, ref, commit, ZERO_SHA);
  });
}

function authorOf(world: World, repository: Repository, seed: z.infer<typeof RepositorySeed>) {
  const owner = world.store.accounts.get(repository.ownerId);
  const fallback = owner ? firstAdministrator(world, owner) : repository.ownerId;
  const account = typeof seed.author === "string" ? userOf(world, seed.author) : world.store.accounts.get(fallback);
  const login = account?.login ?? "ghost";
  const named = { name: account?.name ?? login, email: account?.email ?? `${login}@users.noreply.github.com` };
  return { author: typeof seed.author === "object" ? seed.author : named, actorId: account?.id ?? fallback };
}

/** An installation as if its account's first administrator had clicked. */
export function putInstallation(world: World, login: string, seed: z.infer<typeof InstallationSeed>): Installation {
  const account = findAccount(world.store, login);
  if (!account) throw unprocessable(`there is no account ${login}`);
  const names = seed.repositories;
  const ids = names === "all" ? [] : names.map((name) => idOf(world, login, name));
  const wanted = { selection: names === "all" ? ("all" as const) : ("selected" as const), repositoryIds: ids };
  const actorId = firstAdministrator(world, account);
  const installation = install(world, account, wanted, actorId);
  if (seed.suspended !== (installation.suspendedAt !== null)) {
    (seed.suspended ? suspend : unsuspend)(world, installation, actorId);
  }
  return installation;
}

function idOf(world: World, owner: string, name: string): number {
  const repository = findRepository(world.store, owner, name.replace(/^.*\//, ""));
  if (!repository) throw unprocessable(`there is no repository ${owner}/${name}`);
  return repository.id;
}
