import { repositoryReference } from "../shapes/repositories.ts";
import { installationRepositories } from "../store/installations.ts";
import type { Account, Installation, Repository } from "../store/records.ts";
import { emitForInstallation } from "../webhooks/emit.ts";
import { now, type World } from "../world.ts";

export interface Selection {
  selection: "all" | "selected";
  repositoryIds: number[];
}

/** Installs the App on an account, or changes the installation that is there. */
export function install(world: World, account: Account, wanted: Selection, actorId: number): Installation {
  const existing = world.store.installations.find((row) => row.accountId === account.id);
  if (existing) return changeSelection(world, existing, wanted, actorId);
  const installation = world.store.installations.insert({
    accountId: account.id,
    ...wanted,
    suspendedAt: null,
    suspendedById: null,
    createdAt: now(),
    updatedAt: now(),
  });
  announce(world, installation, "created", actorId, true);
  return installation;
}

/** Lets the App reach other repositories, and tells it which came and which went. */
export function changeSelection(world: World, before: Installation, wanted: Selection, actorId: number): Installation {
  const had = installationRepositories(world.store, before);
  const same = before.selection === wanted.selection && sameIds(before.repositoryIds, wanted.repositoryIds);
  if (same) return before;
  const after = world.store.installations.update(before.id, { ...wanted, updatedAt: now() });
  const has = installationRepositories(world.store, after);
  const without = (rows: Repository[], others: Repository[]) => rows.filter((row) => !others.includes(row));
  announceRepositories(world, after, { added: without(has, had), removed: without(had, has) }, actorId);
  return after;
}

function sameIds(one: number[], other: number[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

/** Sends `installation_repositories`, once for what was added and once for what was removed. */
export function announceRepositories(
  world: World,
  installation: Installation,
  change: { added: Repository[]; removed: Repository[] },
  senderId: number,
): void {
  for (const action of ["added", "removed"] as const) {
    if (change[action].length === 0) continue;
    const named = (kind: "added" | "removed") =>
      kind === action ? change[kind].map((row) => repositoryReference(world, row)) : [];
    emitForInstallation(world, installation, {
      event: "installation_repositories",
      action,
      senderId,
      payload: {
        repository_selection: installation.selection,
        repositories_added: named("added"),
        repositories_removed: named("removed"),
        requester: null,
      },
    });
  }
}

export function suspend(world: World, installation: Installation, actorId: number): void {
  const changed = world.store.installations.update(installation.id, { suspendedAt: now(), suspendedById: actorId });
  announce(world, changed, "suspend", actorId, false);
}

export function unsuspend(world: World, installation: Installation, actorId: number): void {
  const changed = world.store.installations.update(installation.id, { suspendedAt: null, suspendedById: null });
  announce(world, changed, "unsuspend", actorId, false);
}

/** Takes the App off the account; its tokens are worth nothing from now on. */
export function uninstall(world: World, installation: Installation, actorId: number): void {
  for (const token of world.store.tokens.filter((row) => row.installationId === installation.id)) {
    world.store.tokens.remove(token.id);
  }
  announce(world, installation, "deleted", actorId, true);
  world.store.installations.remove(installation.id);
}

function announce(world: World, row: Installation, action: string, senderId: number, withRepositories: boolean): void {
  const repositories = installationRepositories(world.store, row).map((one) => repositoryReference(world, one));
  emitForInstallation(world, row, {
    event: "installation",
    action,
    senderId,
    payload: withRepositories ? { repositories, requester: null } : {},
  });
}
