import { findAccount, getAccount } from "./accounts.ts";
import type { Repository } from "./records.ts";
import type { Store } from "./store.ts";

export function fullName(store: Store, repository: Repository): string {
  return `${getAccount(store, repository.ownerId).login}/${repository.name}`;
}

export function findRepository(store: Store, owner: string, name: string): Repository | undefined {
  const account = findAccount(store, owner);
  const wanted = name.toLowerCase();
  return store.repositories.find((row) => row.ownerId === account?.id && row.name.toLowerCase() === wanted);
}

/** The repository that once had this name; GitHub redirects until another takes the name. */
export function findRenamedRepository(store: Store, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return store.repositories.find((row) => row.formerNames.includes(wanted));
}

/** Forgets the repository and all that points to it, except deliveries, which are history. */
export function forgetRepository(store: Store, repository: Repository): void {
  const here = { repositoryId: repository.id };
  for (const rows of [store.pullRequests, store.checkRuns, store.statuses]) {
    for (const row of rows.all()) if (row.repositoryId === here.repositoryId) rows.remove(row.id);
  }
  for (const deployment of store.deployments.filter((row) => row.repositoryId === repository.id)) {
    for (const status of store.deploymentStatuses.filter((row) => row.deploymentId === deployment.id)) {
      store.deploymentStatuses.remove(status.id);
    }
    store.deployments.remove(deployment.id);
  }
  for (const row of store.installations.filter((one) => one.repositoryIds.includes(repository.id))) {
    store.installations.update(row.id, { repositoryIds: row.repositoryIds.filter((id) => id !== repository.id) });
  }
  store.repositories.remove(repository.id);
}
