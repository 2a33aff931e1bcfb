import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";

export const RemoveDeployProfile = z.object({ deployProfileId: z.uuid() });
export type RemoveDeployProfile = z.infer<typeof RemoveDeployProfile>;

/** @throws Refusal not_found; conflict while a branch deploy uses it, or a deployment of the past names it */
export async function removeDeployProfile(ctx: Ctx, input: RemoveDeployProfile): Promise<void> {
  const { deployProfileId } = RemoveDeployProfile.parse(input);
  const where = { id: deployProfileId, organizationId: ctx.organizationId };
  await mutate(ctx, "deploy_profile.remove", async ({ tx }) => {
    const profile = await tx.deployProfile.findFirst({
      where,
      include: {
        branchMappings: { select: { service: { select: { slug: true } } } },
        _count: { select: { deployments: true } },
      },
    });
    if (profile === null) throw new Refusal("not_found", "There is no such deploy profile.");
    const services = [...new Set(profile.branchMappings.map((mapping) => mapping.service.slug))];
    if (services.length > 0) {
      throw new Refusal(
        "conflict",
        `Branch deploys of ${services.join(", ")} use it. Give them another profile first.`,
      );
    }
    if (profile._count.deployments > 0) {
      throw new Refusal(
        "conflict",
        "Deployments were made with it, and their history keeps it. No branch deploy uses it any more.",
      );
    }
    await tx.deployProfile.delete({ where });
    const detail = { roleArn: profile.roleArn, region: profile.region };
    const change = { subjectKind: "deploy profile", subjectId: deployProfileId, subjectName: profile.slug, detail };
    return { result: undefined, change };
  });
}
