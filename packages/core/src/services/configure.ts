import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { mutate } from "../mutate.ts";
import { lockService, replaceMappings } from "./mappings.ts";
import { assertFree, assertUsableRepository } from "./place.ts";
import { branchDeploy, directory } from "./rules.ts";

export const ConfigureCiCd = z.object({
  serviceId: z.uuid(),
  repositoryId: z.uuid("Choose a repository."),
  baseDirectory: directory,
  branchDeploys: z
    .array(branchDeploy)
    .min(1, "Add a branch deploy: without one, nothing is ever deployed.")
    .max(50, "Use at most 50 branch deploys.")
    .superRefine((rows, refinement) => {
      rows.forEach(({ branch }, place) => {
        const first = rows.findIndex((row) => row.branch === branch);
        if (first === place) return;
        const message = `Row ${first + 1} has this branch already, and the first row that matches wins.`;
        refinement.addIssue({ code: "custom", path: [place, "branch"], message });
      });
    }),
  triggerDirectories: z.array(directory).max(50, "Use at most 50 directories."),
  alwaysDeploy: z.boolean(),
  everyCommit: z.boolean(),
  runTests: z.boolean(),
  checkoutSubmodules: z.boolean(),
});
export type ConfigureCiCd = z.infer<typeof ConfigureCiCd>;

/**
 * Saves a service's CI/CD settings, and enables it. The branch deploys are replaced as a whole.
 * @throws Refusal not_found for the service, repository or a profile; conflict for a directory that is another service
 */
export async function configureCiCd(ctx: Ctx, input: ConfigureCiCd): Promise<void> {
  const { serviceId, repositoryId, baseDirectory, branchDeploys, ...settings } = ConfigureCiCd.parse(input);
  await mutate(ctx, "ci_cd.configure", async ({ tx }) => {
    const service = await lockService(ctx, tx, serviceId);
    await assertUsableRepository(ctx, tx, repositoryId);
    await assertFree(ctx, tx, { repositoryId, baseDirectory }, serviceId);
    await replaceMappings(ctx, tx, service, branchDeploys);
    const triggerDirectories = [...new Set(settings.triggerDirectories)].filter((path) => path !== baseDirectory);
    const data = { ...settings, triggerDirectories, repositoryId, baseDirectory };
    const cicdEnabledAt = service.cicdEnabledAt ?? ctx.now();
    await tx.service.update({ where: { id: serviceId }, data: { ...data, cicdEnabledAt } });
    const change = {
      subjectKind: "service",
      subjectId: serviceId,
      subjectName: service.slug,
      detail: { ...data, branchDeploys },
    };
    return { result: undefined, change };
  });
}
