import { rm } from "node:fs/promises";
import { setDefaultBranch } from "../git/create.ts";
import { invalid } from "../rest/errors.ts";
import { getAccount } from "../store/accounts.ts";
import type { Repository } from "../store/records.ts";
import { findRepository, forgetRepository } from "../store/repositories.ts";
import { emitForRepository } from "../webhooks/emit.ts";
import { now, type World } from "../world.ts";

interface RepositoryEdit {
  name?: string | undefined;
  description?: string | null | undefined;
  private?: boolean | undefined;
  defaultBranch?: string | undefined;
}

/** Changes a repository and tells the App; throws 422 when the owner has another one of that name. */
export async function editRepository(
  world: World,
  repository: Repository,
  actorId: number,
  edit: RepositoryEdit,
): Promise<Repository> {
  const before = repository.name;
  const name = edit.name ?? before;
  const owner = getAccount(world.store, repository.ownerId);
  const other = findRepository(world.store, owner.login, name);
  if (other && other.id !== repository.id)
    throw invalid("Repository", "name", "custom", "name already exists on this account");
  if (edit.defaultBranch !== undefined) await setDefaultBranch(world.gitDirectory(repository), edit.defaultBranch);
  const renamed = name !== before;
  const formerNames = repository.formerNames.filter((former) => former !== `${owner.login}/${name}`.toLowerCase());
  const changed = world.store.repositories.update(repository.id, {
    name,
    description: edit.description === undefined ? repository.description : edit.description,
    private: edit.private ?? repository.private,
    defaultBranch: edit.defaultBranch ?? repository.defaultBranch,
    formerNames: renamed ? [...formerNames, `${owner.login}/${before}`.toLowerCase()] : formerNames,
    updatedAt: now(),
  });
  announce(world, repository, changed, actorId);
  return changed;
}

function announce(world: World, before: Repository, after: Repository, senderId: number): void {
  const emit = (action: string, payload: Record<string, unknown> = {}) =>
    emitForRepository(world, after, { event: "repository", action, senderId, payload });
  if (before.name !== after.name) emit("renamed", { changes: { repository: { name: { from: before.name } } } });
  if (before.private !== after.private) emit(after.private ? "privatized" : "publicized");
  if (before.defaultBranch !== after.defaultBranch) {
    emit("edited", { changes: { default_branch: { from: before.defaultBranch } } });
  }
}

/** Deletes a repository with its git data; the App hears of it first. */
export async function deleteRepository(world: World, repository: Repository, actorId: number): Promise<void> {
  await world.locks.hold(repository.id, async () => {
    emitForRepository(world, repository, { event: "repository", action: "deleted", senderId: actorId, payload: {} });
    const dir = world.gitDirectory(repository);
    forgetRepository(world.store, repository);
    await rm(dir, { recursive: true, force: true });
  });
}
