import type { InstallationEvent } from "@branchline/core/installations/record-event";
import { recordInstallationEvent } from "@branchline/core/installations/record-event";
import { type InstallationChange, presentChange } from "@branchline/core/installations/rules";
import { type RepositoryEvent, recordRepositoryEvent } from "@branchline/core/repositories/record-event";
import { type DueDelivery, findOrganizationOf } from "@branchline/core/webhook-deliveries/queries";
import type { Settlement } from "@branchline/core/webhook-deliveries/settle";
import type { GithubEvent } from "@branchline/github";
import type { Parts } from "../parts.ts";

type Of<Kind extends GithubEvent["kind"]> = Extract<GithubEvent, { kind: Kind }>;

/** A delivery that deploys nothing, and why. */
export function explained(explanation: string, organizationId: string | null = null): Settlement {
  return { organizationId, branch: null, headSha: null, explanation, targets: [] };
}

/** An event may come late, or once more: GitHub is asked what is true by now. */
export async function receiveInstallation(parts: Parts, event: Of<"installation">): Promise<Settlement> {
  const told = installationKinds[event.action];
  if (told === undefined) return explained(`ignored: nothing follows from installation ${event.action}`);
  const { installationGithubId: githubId, account } = event;
  const kind = presentChange(told, await parts.github.findInstallation(githubId));
  const settlement = await recorded(parts, { kind, githubId, accountLogin: account.login });
  return kind === told ? settlement : { ...settlement, explanation: `told late: ${settlement.explanation}` };
}

const installationKinds: Record<string, InstallationChange | undefined> = {
  created: "created",
  deleted: "deleted",
  suspend: "suspended",
  unsuspend: "unsuspended",
  new_permissions_accepted: "permissions_accepted",
};

export function receiveInstallationRepositories(
  parts: Parts,
  event: Of<"installation_repositories">,
): Promise<Settlement> {
  return recorded(parts, {
    kind: "repositories_changed",
    githubId: event.installationGithubId,
    accountLogin: event.account.login,
    added: event.added.length,
    removedGithubIds: event.removed.map((repository) => repository.githubId),
  });
}

async function recorded(parts: Parts, event: InstallationEvent): Promise<Settlement> {
  const { explanation, organizationId } = await recordInstallationEvent(parts, event);
  return explained(explanation, organizationId);
}

export async function receiveRepository(
  { db, now }: Parts,
  delivery: DueDelivery,
  event: Of<"repository">,
): Promise<Settlement> {
  const kind = repositoryKinds.find((known) => known === event.action);
  if (kind === undefined) return explained(`ignored: nothing follows from repository ${event.action}`);
  const { repositoryGithubId: githubId, fullName, defaultBranch } = event;
  const fact = { kind, githubId, fullName, defaultBranch, private: event.private };
  return explained(await recordRepositoryEvent(db, now(), fact), await findOrganizationOf(db, delivery));
}

const repositoryKinds = [
  "renamed",
  "edited",
  "privatized",
  "publicized",
  "transferred",
  "deleted",
] as const satisfies readonly RepositoryEvent["kind"][];
