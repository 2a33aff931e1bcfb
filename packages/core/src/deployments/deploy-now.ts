import { z } from "zod";
import { isGlob, matchBranch } from "../branch-mappings/rules.ts";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { type QueuedDeployment, queueDeployment } from "./queue.ts";

export const DeployNow = z.object({
  serviceId: z.uuid(),
  branch: z.string().trim().min(1, "Name the branch to deploy.").max(250),
  /** Empty: the branch's head. */
  commit: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([0-9a-f]{7,40})?$/, "Name a commit by 7 to 40 characters of its SHA.")
    .default(""),
});
export type DeployNow = z.input<typeof DeployNow>;

/** Deploys a branch's head, or a commit of it that is named, to the stage that the service's branch deploys give it. */
export async function deployNow(ctx: Ctx, input: DeployNow): Promise<QueuedDeployment> {
  const { serviceId, branch, commit } = DeployNow.parse(input);
  const service = await ctx.db.service.findFirst({
    where: { id: serviceId, organizationId: ctx.organizationId },
    include: { branchMappings: { orderBy: { place: "asc" } } },
  });
  if (service === null) throw new Refusal("not_found", "There is no such service.");
  if (isGlob(branch)) throw new Refusal("invalid", "Name one branch, not a pattern.", "branch");
  const match = matchBranch(service.branchMappings, branch);
  if (match === null) throw new Refusal("invalid", `No branch deploy matches ${branch}.`, "branch");
  return queueDeployment(ctx, {
    serviceId,
    branch,
    stage: match.stage,
    deployProfileId: match.row.deployProfileId,
    commit: null,
    wantedCommit: commit === "" ? null : commit,
    trigger: "manual",
    triggeredByAvatar: null,
    because: `${ctx.actor.name} deployed ${commit === "" ? "it" : `the commit ${commit.slice(0, 7)}`} by hand`,
    deliveryId: null,
  });
}
