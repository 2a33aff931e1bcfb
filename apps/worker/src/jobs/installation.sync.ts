import { findInstallation } from "@branchline/core/installations/queries";
import { recordInstallationEvent } from "@branchline/core/installations/record-event";
import { recordRepositories } from "@branchline/core/installations/sync";
import { ctxOf, type Parts } from "../parts.ts";

/** Makes the list of repositories what GitHub says it is. */
export async function installationSync(parts: Parts, { installationId }: { installationId: string }): Promise<void> {
  const installation = await findInstallation(parts.db, installationId);
  if (installation === null || installation.deletedAt !== null) return;
  const { githubId, accountLogin, organizationId } = installation;
  const repositories = await parts.github.listInstallationRepositories(githubId);
  if (repositories === null) await recordInstallationEvent(parts, { kind: "deleted", githubId, accountLogin });
  else await recordRepositories(ctxOf(parts, organizationId), installationId, repositories);
  await parts.tail.publish(`org:${organizationId}`, "installation");
}
