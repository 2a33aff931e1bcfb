import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { QueueDeployment, type QueuedDeployment, queueDeployment } from "./queue.ts";
import type { StackRepair } from "./stack-repair.ts";

export const RedeployDeployment = z.object({
  deploymentId: z.uuid(),
  repair: QueueDeployment.shape.repair,
  repairSkips: z.preprocess(
    (typed) => (typeof typed === "string" ? [typed] : typed),
    QueueDeployment.shape.repairSkips,
  ),
});
export type RedeployDeployment = z.input<typeof RedeployDeployment>;

/** The same commit to the same stage again, as a new deployment, which may repair the stack first. */
export async function redeployDeployment(ctx: Ctx, input: RedeployDeployment): Promise<QueuedDeployment> {
  const { deploymentId, repair, repairSkips } = RedeployDeployment.parse(input);
  const row = await ctx.db.deployment.findFirst({
    where: { id: deploymentId, organizationId: ctx.organizationId },
    include: { stage: true },
  });
  if (row === null) throw new Refusal("not_found", "There is no such deployment.");
  const { serviceId, deployProfileId, branch, commitSha, wantedCommit } = row;
  const commit =
    commitSha === null
      ? null
      : { sha: commitSha, message: row.commitMessage, author: row.commitAuthor, authorLogin: row.commitAuthorLogin };
  return queueDeployment(ctx, {
    serviceId,
    deployProfileId,
    branch,
    commit,
    wantedCommit,
    stage: row.stage.name,
    trigger: "manual",
    triggeredByAvatar: null,
    because: `${ctx.actor.name} ${repair === null ? "redeployed" : `${deedOf(repair)} and redeployed`} #${row.number}`,
    deliveryId: null,
    repair,
    stackName: repair === null ? null : row.stackName,
    repairSkips,
  });
}

function deedOf(repair: StackRepair): string {
  switch (repair) {
    case "delete":
      return "deleted the stack";
    case "continue_rollback":
      return "continued the stack's rollback";
  }
}
