import { listStagePairs, recordBehind } from "@branchline/core/board/behind";
import type { ReportableDeployment } from "@branchline/core/deployments/report";
import type { Parts } from "../parts.ts";

/** After a success: how far each stage is now behind the one before it, for the board. Not knowing it fails nothing. */
export async function measureBehind(
  { db, github, log, tail }: Parts,
  { deploymentId, organizationId, repository }: ReportableDeployment,
): Promise<void> {
  if (!repository.isConnected) return;
  for (const pair of await listStagePairs(db, deploymentId)) {
    const commits = await github
      .countCommitsBetween({ ...repository, base: pair.commitSha, head: pair.previousSha })
      .catch((error: unknown) => {
        log.warn({ deploymentId, error: String(error) }, "the distance of two stages is not known");
        return null;
      });
    await recordBehind(db, pair.deploymentId, commits);
  }
  await tail.publish(`org:${organizationId}`, "deployment");
}
