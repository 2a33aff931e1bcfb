import type { Db } from "@branchline/db";
import type { PhaseOwner } from "./phases.ts";

export type CommitPin = { sha: string; message: string; author: string; authorLogin: string | null };

/** Gives a deployment of a branch's head the commit that it is about, which GitHub has not been told of. */
export async function pinCommit(db: Db, { deploymentId, epoch }: PhaseOwner, commit: CommitPin): Promise<boolean> {
  const { count } = await db.deployment.updateMany({
    where: { id: deploymentId, epoch, status: "running", commitSha: null },
    data: {
      commitSha: commit.sha,
      commitMessage: commit.message,
      commitAuthor: commit.author,
      commitAuthorLogin: commit.authorLogin,
      reportedStatus: null,
    },
  });
  return count === 1;
}
