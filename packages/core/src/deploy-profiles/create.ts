import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { slugOf } from "../organizations/rules.ts";
import { isUniqueViolation } from "../unique-violation.ts";
import { conflictOfProfile } from "./conflict.ts";
import { problemOfRole } from "./rules.ts";
import { profileSettings } from "./settings.ts";

export const CreateDeployProfile = z.object({
  name: z
    .string()
    .trim()
    .max(40, "Use at most 40 characters.")
    .refine((name) => slugOf(name) !== "", "Give the profile a name with a letter or a digit.")
    .refine((name) => slugOf(name) !== "new", "Choose another name."),
  ...profileSettings,
});
export type CreateDeployProfile = z.infer<typeof CreateDeployProfile>;

/** The account that we assume roles from: no customer's role can be in it. */
export type Platform = { platformAccountId: string };

/**
 * Makes a profile with an external id of its own, which nobody chooses and nothing changes.
 * @throws Refusal invalid for a role of our own account or of another partition, conflict for a taken name or role
 */
export async function createDeployProfile(
  ctx: Ctx,
  input: CreateDeployProfile,
  { platformAccountId }: Platform,
): Promise<{ deployProfileId: string; slug: string }> {
  const { name, ...settings } = CreateDeployProfile.parse(input);
  const problem =
    settings.roleArn === null ? null : problemOfRole(settings.roleArn, settings.region, platformAccountId);
  if (problem !== null) throw new Refusal("invalid", problem, "roleArn");
  const slug = slugOf(name);
  const externalId = `branchline-${crypto.randomUUID()}`;
  try {
    return await mutate(ctx, "deploy_profile.create", async ({ tx }) => {
      const { organizationId } = ctx;
      const data = { ...settings, organizationId, slug, externalId, createdAt: ctx.now() };
      const { id } = await tx.deployProfile.create({ data });
      const change = { subjectKind: "deploy profile", subjectId: id, subjectName: slug, detail: settings };
      return { result: { deployProfileId: id, slug }, change };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw await conflictOfProfile(ctx, { slug, ...settings });
    throw error;
  }
}
