import { findMembership } from "./accounts.ts";
import type { Account, Installation, Repository } from "./records.ts";
import type { Store } from "./store.ts";

export function installationRepositories(store: Store, installation: Installation): Repository[] {
  return store.repositories.filter((repository) => covers(installation, repository));
}

export function covers(installation: Installation, repository: Repository): boolean {
  if (repository.ownerId !== installation.accountId) return false;
  return installation.selection === "all" || installation.repositoryIds.includes(repository.id);
}

export function findInstallationFor(store: Store, repository: Repository): Installation | undefined {
  return store.installations.find((installation) => covers(installation, repository));
}

/** Those on the person's own account and on organizations where they are a member. */
export function installationsOf(store: Store, user: Account): Installation[] {
  return store.installations.filter(
    (row) => row.accountId === user.id || findMembership(store, row.accountId, user.id) !== undefined,
  );
}
