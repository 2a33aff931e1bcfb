import type { Ctx } from "../ctx.ts";
import { mutate } from "../mutate.ts";
import type { ProbeResult } from "./proof.ts";

/** A deployment to which AWS refused the role, and AWS's words. */
export type Doubt = { deployProfileId: string; roleArn: string; message: string; number: number };

/**
 * AWS refused a proven role: no deployment passes until the role is proven again, and the test is asked for at once, which
 * tells a role that was taken away from a refusal that is over. Nothing happens to a profile whose role has changed since.
 */
export async function doubtDeployProfile(
  ctx: Ctx,
  { deployProfileId, roleArn, message, number }: Doubt,
): Promise<void> {
  const where = { id: deployProfileId, organizationId: ctx.organizationId, roleArn, provenAt: { not: null } };
  const profile = await ctx.db.deployProfile.findFirst({ where });
  if (profile === null) return;
  const refused: ProbeResult = {
    probe: "assumes",
    outcome: "failed",
    message: `AWS refused it to #${number}: ${message}`,
  };
  await mutate(ctx, "deploy_profile.prove", async ({ tx, ring }) => {
    const data = { provenAt: null, proof: [refused], proofStartedAt: ctx.now(), proofEndedAt: null };
    await tx.deployProfile.updateMany({ where, data });
    ring({ name: "deploy-profile.prove", payload: { deployProfileId } });
    const subject = { subjectKind: "deploy profile", subjectId: deployProfileId, subjectName: profile.slug };
    return { result: undefined, change: { ...subject, detail: { roleArn, refused: message, number } } };
  });
}
