import { findInstallation } from "@branchline/core/installations/queries";
import { recordInstallationEvent } from "@branchline/core/installations/record-event";
import { presentChange } from "@branchline/core/installations/rules";
import { claimSync, recordRepositories } from "@branchline/core/installations/sync";
import { ctxOf, type Parts } from "../parts.ts";

/** Makes the list of repositories what GitHub says it is. */
export async function installationSync(parts: Parts, { installationId }: { installationId: string }): Promise<void> {
  if (!(await claimSync(parts.db, installationId))) return;
  const installation = await findInstallation(parts.db, installationId);
  if (installation === null || installation.deletedAt !== null) return;
  const { githubId, accountLogin, organizationId } = installation;
  const state = await parts.github.findInstallation(githubId);
  const repositories = state?.isSuspended === false ? await parts.github.listInstallationRepositories(githubId) : null;
  if (repositories !== null) await recordRepositories(ctxOf(parts, organizationId), installationId, repositories);
  else await recordInstallationEvent(parts, { kind: presentChange("created", state), githubId, accountLogin });
  await parts.tail.publish(`org:${organizationId}`, "installation");
}
