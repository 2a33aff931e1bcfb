import type { Tx } from "@branchline/db";
import { ownStage } from "../branch-mappings/rules.ts";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { ensureStage } from "../stages/ensure.ts";

export type MappingRow = { branch: string; stage: string; deployProfileId: string };

/**
 * Replaces a service's branch deploys, in their order, and makes the stages that they name.
 * @throws Refusal not_found, naming the row's field, for a profile of another organization
 */
export async function replaceMappings(
  { organizationId }: Ctx,
  tx: Tx,
  service: { id: string; appId: string },
  rows: readonly MappingRow[],
): Promise<void> {
  const ids = rows.map((row) => row.deployProfileId);
  const profiles = await tx.deployProfile.findMany({
    where: { organizationId, id: { in: ids } },
    select: { id: true },
  });
  const known = new Set(profiles.map((profile) => profile.id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing !== -1)
    throw new Refusal("not_found", "There is no such deploy profile.", `branchDeploys.${missing}.deployProfileId`);
  const data = rows.map((row, place) => ({ ...row, place, organizationId, serviceId: service.id }));
  await tx.branchMapping.deleteMany({ where: { serviceId: service.id } });
  await tx.branchMapping.createMany({ data });
  for (const name of new Set(rows.map((row) => row.stage))) {
    if (name !== ownStage) await ensureStage(tx, { organizationId, appId: service.appId, name });
  }
}

export type LockedService = {
  id: string;
  appId: string;
  slug: string;
  repositoryId: string | null;
  cicdEnabledAt: Date | null;
};

/** Locks a service of the organization until the transaction ends, so that two saves don't mix. @throws Refusal not_found */
export async function lockService({ organizationId }: Ctx, tx: Tx, serviceId: string): Promise<LockedService> {
  await tx.$queryRaw`
    SELECT id FROM services WHERE id = ${serviceId}::uuid AND organization_id = ${organizationId}::uuid FOR UPDATE`;
  const service = await tx.service.findFirst({
    where: { id: serviceId, organizationId },
    select: { id: true, appId: true, slug: true, repositoryId: true, cicdEnabledAt: true },
  });
  if (service === null) throw new Refusal("not_found", "There is no such service.");
  return service;
}
