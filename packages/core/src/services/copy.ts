import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { lockService, replaceMappings } from "./mappings.ts";

export const CopyCiCd = z.object({
  serviceId: z.uuid(),
  toServiceIds: z
    .array(z.uuid())
    .min(1, "Choose a service to copy the settings to.")
    .max(100, "Copy to at most 100 services at once."),
});
export type CopyCiCd = z.infer<typeof CopyCiCd>;

/**
 * Gives other services of the same repository these branch deploys, trigger directories and switches, and enables them.
 * Each keeps its base directory.
 * @throws Refusal not_found; invalid before CI/CD is enabled here, or for a service of another repository
 */
export async function copyCiCd(ctx: Ctx, input: CopyCiCd): Promise<void> {
  const { serviceId, toServiceIds } = CopyCiCd.parse(input);
  const { organizationId } = ctx;
  await mutate(ctx, "ci_cd.copy", async ({ tx }) => {
    const from = await tx.service.findFirst({
      where: { id: serviceId, organizationId },
      include: { branchMappings: { orderBy: { place: "asc" } } },
    });
    if (from === null) throw new Refusal("not_found", "There is no such service.");
    if (from.cicdEnabledAt === null) throw new Refusal("invalid", `Enable CI/CD of ${from.slug} first.`);
    const rows = from.branchMappings.map(({ branch, stage, deployProfileId }) => ({ branch, stage, deployProfileId }));
    const { runTests, checkoutSubmodules, alwaysDeploy, everyCommit, triggerDirectories } = from;
    const settings = { runTests, checkoutSubmodules, alwaysDeploy, everyCommit, triggerDirectories };
    const names: string[] = [];
    // In one order for everybody, so that two copies at once don't wait for each other's rows.
    for (const id of [...new Set(toServiceIds)].filter((to) => to !== serviceId).sort()) {
      const to = await lockService(ctx, tx, id);
      if (to.repositoryId !== from.repositoryId)
        throw new Refusal("invalid", `${to.slug} is in another repository.`, "toServiceIds");
      await replaceMappings(ctx, tx, to, rows);
      const cicdEnabledAt = to.cicdEnabledAt ?? ctx.now();
      await tx.service.update({ where: { id }, data: { ...settings, cicdEnabledAt } });
      names.push(to.slug);
    }
    return {
      result: undefined,
      change: { subjectKind: "service", subjectId: serviceId, subjectName: from.slug, detail: { to: names } },
    };
  });
}
