import type { Action } from "@branchline/core/permissions";

/** What somebody did, before the name of what they did it to. */
const deeds: Record<Action, string> = {
  "organization.create": "created the organization",
  "organization.rename": "renamed the organization",
  "invitation.create": "invited",
  "invitation.revoke": "revoked the invitation of",
  "invitation.accept": "accepted the invitation of",
  "member.change_role": "changed the role of",
  "member.remove": "removed the member",
  "member.leave": "left the organization as",
  "installation.connect": "connected the GitHub account",
  "installation.sync": "had the repositories read of",
  "repository.scan": "had the services looked for in",
  "service.create": "added the service",
  "ci_cd.configure": "changed the CI/CD settings of",
  "ci_cd.copy": "copied the CI/CD settings of",
  "ci_cd.disable": "disabled CI/CD of",
  "parameter.set": "set the parameter",
  "parameter.remove": "removed the parameter",
  "deploy_profile.create": "added the deploy profile",
  "deploy_profile.change": "changed the deploy profile",
  "deploy_profile.remove": "removed the deploy profile",
  "deploy_profile.prove": "tested the role of the deploy profile",
  "deployment.queue": "queued deployment",
  "deployment.cancel": "cancelled deployment",
  "deployment.raise_alarm": "found a printed secret in deployment",
};

/** An action as a person would say it; an entry of a version that knew others keeps its own word. */
export function deedOf(action: string): string {
  return action in deeds ? deeds[action as Action] : action;
}
