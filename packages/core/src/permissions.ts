import type { Role } from "@branchline/db";

export const roles = ["viewer", "developer", "admin", "owner"] as const satisfies readonly Role[];

/** Every change that a person can make, and the least role for it. The string is the verb's name and the audit's action too. */
export const permissions = {
  "organization.create": "viewer",
  "organization.rename": "owner",
  "invitation.create": "admin",
  "invitation.revoke": "admin",
  "invitation.accept": "viewer",
  "member.change_role": "admin",
  "member.remove": "admin",
  "member.leave": "viewer",
  "installation.connect": "admin",
  "installation.sync": "developer",
  "repository.scan": "developer",
  "service.create": "developer",
  "ci_cd.configure": "developer",
  "ci_cd.copy": "developer",
  "ci_cd.disable": "admin",
  "parameter.set": "developer",
  "parameter.remove": "developer",
  "deploy_profile.create": "admin",
  "deploy_profile.change": "admin",
  "deploy_profile.remove": "admin",
  "deploy_profile.prove": "developer",
  "deployment.queue": "developer",
  "deployment.cancel": "developer",
  /** No door leads there: the worker does it. */
  "deployment.raise_alarm": "owner",
} as const satisfies Record<string, Role>;

export type Action = keyof typeof permissions;

export function isAllowed(role: Role, action: Action): boolean {
  return roles.indexOf(role) >= roles.indexOf(permissions[action]);
}
