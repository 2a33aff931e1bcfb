import { z } from "zod";
import type { Ctx, OutsideCtx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { isUniqueViolation } from "../unique-violation.ts";
import { organizationSlug } from "./rules.ts";

export const CreateOrganization = z.object({
  name: z.string().trim().min(1, "Give the organization a name.").max(80, "Use at most 80 characters."),
  slug: organizationSlug,
});
export type CreateOrganization = z.infer<typeof CreateOrganization>;

/**
 * Whoever creates an organization owns it.
 * @throws Refusal forbidden without a signed-in person, conflict when the slug is taken
 */
export async function createOrganization(outside: OutsideCtx, input: CreateOrganization): Promise<{ slug: string }> {
  const { name, slug } = CreateOrganization.parse(input);
  const { user, ...rest } = outside;
  if (user === undefined) throw new Refusal("forbidden", "Sign in to create an organization.");
  const actor = { kind: "user", userId: user.userId, name: user.name, role: "owner" } as const;
  const ctx: Ctx = { ...rest, organizationId: crypto.randomUUID(), actor };
  try {
    return await mutate(ctx, "organization.create", async ({ tx }) => {
      const id = ctx.organizationId;
      await tx.organization.create({ data: { id, name, slug, createdAt: ctx.now() } });
      await tx.member.create({
        data: { organizationId: id, userId: user.userId, role: "owner", createdAt: ctx.now() },
      });
      return { result: { slug }, change: { subjectKind: "organization", subjectId: id, subjectName: name } };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refusal("conflict", "This address is taken. Choose another.", "slug");
    throw error;
  }
}
