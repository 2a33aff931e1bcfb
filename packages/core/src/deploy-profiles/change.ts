import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { lockOrganization } from "../organizations/lock.ts";
import { isUniqueViolation } from "../unique-violation.ts";
import { conflictOfProfile } from "./conflict.ts";
import type { Platform } from "./create.ts";
import { problemOfRole } from "./rules.ts";
import { profileSettings } from "./settings.ts";

export const ChangeDeployProfile = z.object({ deployProfileId: z.uuid(), ...profileSettings });
export type ChangeDeployProfile = z.infer<typeof ChangeDeployProfile>;

const unproven = { proof: [], proofStartedAt: null, proofEndedAt: null, provenAt: null };

/**
 * Changes what a profile allows. Another role or region is unproven until it is tested; the external id stays. What is
 * queued goes where the profile leads then, and never to a region that is not the proven one.
 * @throws Refusal not_found; invalid for a role of our own account or of another partition; conflict for another profile's role
 */
export async function changeDeployProfile(
  ctx: Ctx,
  input: ChangeDeployProfile,
  { platformAccountId }: Platform,
): Promise<void> {
  const { deployProfileId, ...settings } = ChangeDeployProfile.parse(input);
  const where = { id: deployProfileId, organizationId: ctx.organizationId };
  const before = await ctx.db.deployProfile.findFirst({ where });
  if (before === null) throw new Refusal("not_found", "There is no such deploy profile.");
  const problem =
    settings.roleArn === null ? null : problemOfRole(settings.roleArn, settings.region, platformAccountId);
  if (problem !== null) throw new Refusal("invalid", problem, "roleArn");
  const moves = before.roleArn !== settings.roleArn || before.region !== settings.region;
  try {
    await mutate(ctx, "deploy_profile.change", async ({ tx }) => {
      // What is being queued meanwhile, for the region as it was, is there to be taken along.
      await lockOrganization(tx, ctx.organizationId);
      await tx.deployProfile.update({ where, data: { ...settings, ...(moves ? unproven : {}) } });
      const { region } = settings;
      const waiting = { deployProfileId, status: "queued", region: { not: region } } as const;
      await tx.deployment.updateMany({ where: waiting, data: { region } });
      const detail = { ...settings, from: { roleArn: before.roleArn, region: before.region } };
      const change = { subjectKind: "deploy profile", subjectId: deployProfileId, subjectName: before.slug, detail };
      return { result: undefined, change };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw await conflictOfProfile(ctx, { slug: before.slug, ...settings });
    throw error;
  }
}
