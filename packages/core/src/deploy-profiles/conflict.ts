import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";

type Wanted = { slug: string; roleArn: string | null; region: string };

/** Which of the two things that a profile has for itself another profile has already. */
export async function conflictOfProfile(
  { db, organizationId }: Ctx,
  { slug, roleArn, region }: Wanted,
): Promise<Refusal> {
  const other =
    roleArn === null
      ? null
      : await db.deployProfile.findFirst({ where: { organizationId, roleArn, region, slug: { not: slug } } });
  if (other === null) return new Refusal("conflict", `There is a deploy profile named ${slug} already.`, "name");
  const message = `The deploy profile ${other.slug} has this role and region already. Use it, or a role of its own for this one.`;
  return new Refusal("conflict", message, "roleArn");
}
