import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";

/** After this time a test that has not ended is thought lost, and may be asked for again. */
const proofTimeoutMs = 60_000;

export const ProveDeployProfile = z.object({ deployProfileId: z.uuid() });
export type ProveDeployProfile = z.infer<typeof ProveDeployProfile>;

/**
 * Asks for a test of the role. What was proven before stays so until the test ends.
 * @throws Refusal not_found; invalid without a role; conflict while a test runs
 */
export async function proveDeployProfile(ctx: Ctx, input: ProveDeployProfile): Promise<void> {
  const { deployProfileId } = ProveDeployProfile.parse(input);
  const where = { id: deployProfileId, organizationId: ctx.organizationId };
  await mutate(ctx, "deploy_profile.prove", async ({ tx, ring }) => {
    const profile = await tx.deployProfile.findFirst({ where });
    if (profile === null) throw new Refusal("not_found", "There is no such deploy profile.");
    const { slug, roleArn, region } = profile;
    if (roleArn === null)
      throw new Refusal("invalid", "Enter the role's ARN and save it; then test the role.", "roleArn");
    if (isRunning(profile, ctx.now())) throw new Refusal("conflict", "A test of this role runs already.");
    await tx.deployProfile.update({ where, data: { proof: [], proofStartedAt: ctx.now(), proofEndedAt: null } });
    ring({ name: "deploy-profile.prove", payload: { deployProfileId } });
    const change = {
      subjectKind: "deploy profile",
      subjectId: deployProfileId,
      subjectName: slug,
      detail: { roleArn, region },
    };
    return { result: undefined, change };
  });
}

type Times = { proofStartedAt: Date | null; proofEndedAt: Date | null };

function isRunning({ proofStartedAt, proofEndedAt }: Times, now: Date): boolean {
  return proofStartedAt !== null && proofEndedAt === null && now.getTime() - proofStartedAt.getTime() < proofTimeoutMs;
}
