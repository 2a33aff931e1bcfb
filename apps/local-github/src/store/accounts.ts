import type { Account, Membership } from "./records.ts";
import type { Store } from "./store.ts";

export function findAccount(store: Store, login: string): Account | undefined {
  const wanted = login.toLowerCase();
  return store.accounts.find((account) => account.login.toLowerCase() === wanted);
}

/** Throws when a row points to an account that is gone, which nothing here can cause. */
export function getAccount(store: Store, id: number): Account {
  const account = store.accounts.get(id);
  if (!account) throw new Error(`account ${id} does not exist`);
  return account;
}

export function findMembership(store: Store, organizationId: number, userId: number): Membership | undefined {
  return store.memberships.find((row) => row.organizationId === organizationId && row.userId === userId);
}

/** The account itself, or an organization where the person is an admin. */
export function canAdminister(store: Store, user: Account, accountId: number): boolean {
  return accountId === user.id || findMembership(store, accountId, user.id)?.role === "admin";
}

export function organizationsOf(store: Store, user: Account): Account[] {
  return store.memberships.filter((row) => row.userId === user.id).map((row) => getAccount(store, row.organizationId));
}

export function findUserByEmail(store: Store, email: string): Account | undefined {
  const wanted = email.toLowerCase();
  return store.accounts.find((account) => account.type === "User" && account.email?.toLowerCase() === wanted);
}
