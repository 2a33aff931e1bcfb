import { RestError } from "../rest/errors.ts";
import type { Access } from "../shapes/repositories.ts";
import { findMembership } from "../store/accounts.ts";
import { covers, findInstallationFor } from "../store/installations.ts";
import type { Account, Repository } from "../store/records.ts";
import type { World } from "../world.ts";
import type { Principal } from "./principal.ts";

/** How far a person may go in a repository. Members of an organization write, its admins administer. */
export function userAccess(world: World, user: Account, repository: Repository): Access {
  if (repository.ownerId === user.id) return "admin";
  const role = findMembership(world.store, repository.ownerId, user.id)?.role;
  if (role) return role === "admin" ? "admin" : "write";
  return repository.private ? "none" : "read";
}

/** How far the asker may go in a repository; `none` is answered as 404, as if it did not exist. */
export function accessOf(world: World, principal: Principal, repository: Repository): Access {
  const open: Access = repository.private ? "none" : "read";
  switch (principal.kind) {
    case "anonymous":
    case "app":
      return open;
    case "installation":
      return reachesRepository(principal, repository) ? levelOf(principal) : open;
    case "user":
      // A person's token of the App reaches only what both the person and the App may reach.
      if (principal.viaApp && !findInstallationFor(world.store, repository)) return open;
      return userAccess(world, principal.user, repository);
  }
}

type InstallationPrincipal = Extract<Principal, { kind: "installation" }>;

function reachesRepository(principal: InstallationPrincipal, repository: Repository): boolean {
  const limited = principal.repositoryIds;
  return covers(principal.installation, repository) && (limited === null || limited.includes(repository.id));
}

function levelOf(principal: InstallationPrincipal): Access {
  return Object.values(principal.permissions).includes("write") ? "write" : "read";
}

/** Throws 403 unless the asker may do this; `permission` is the App's name for it, such as `checks`. */
export function demand(
  world: World,
  principal: Principal,
  repository: Repository,
  permission: string,
  level: "read" | "write",
): void {
  if (principal.kind === "installation") {
    demandOfApp(principal.permissions, repository, permission, level);
    return;
  }
  const access = accessOf(world, principal, repository);
  if (level === "read" && access !== "none") return;
  if (access === "write" || access === "admin") return;
  throw new RestError(principal.kind === "anonymous" ? 401 : 403, refusal(principal));
}

function demandOfApp(
  permissions: Record<string, "read" | "write">,
  repository: Repository,
  permission: string,
  level: "read" | "write",
): void {
  const granted = permissions[permission];
  if (granted === "write" || (granted === "read" && level === "read")) return;
  if (level === "read" && !repository.private) return;
  throw new RestError(403, "Resource not accessible by integration");
}

function refusal(principal: Principal): string {
  if (principal.kind === "anonymous") return "Requires authentication";
  return "Must have push access to repository";
}
