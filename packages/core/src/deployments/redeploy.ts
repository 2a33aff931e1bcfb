import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { type QueuedDeployment, queueDeployment } from "./queue.ts";

export const RedeployDeployment = z.object({ deploymentId: z.uuid() });
export type RedeployDeployment = z.infer<typeof RedeployDeployment>;

/** The same commit to the same stage again, as a new deployment. */
export async function redeployDeployment(ctx: Ctx, input: RedeployDeployment): Promise<QueuedDeployment> {
  const { deploymentId } = RedeployDeployment.parse(input);
  const row = await ctx.db.deployment.findFirst({
    where: { id: deploymentId, organizationId: ctx.organizationId },
    include: { stage: true },
  });
  if (row === null) throw new Refusal("not_found", "There is no such deployment.");
  const { serviceId, deployProfileId, branch, commitSha } = row;
  const commit =
    commitSha === null
      ? null
      : { sha: commitSha, message: row.commitMessage, author: row.commitAuthor, authorLogin: row.commitAuthorLogin };
  return queueDeployment(ctx, {
    serviceId,
    deployProfileId,
    branch,
    commit,
    stage: row.stage.name,
    trigger: "manual",
    triggeredByAvatar: null,
    because: `${ctx.actor.name} redeployed #${row.number}`,
    deliveryId: null,
  });
}
