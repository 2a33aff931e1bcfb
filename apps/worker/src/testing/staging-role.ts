import { proveDeployProfile } from "@branchline/core/deploy-profiles/prove";
import { type DeployProfileView, getDeployProfile } from "@branchline/core/deploy-profiles/queries";
import { accounts, createDeployRole } from "@branchline/testing/aws-accounts";
import type { Scene } from "./scene.ts";

/** What the profile "staging" of a scene assumes. */
export const stagingRole = {
  accountId: accounts.staging,
  name: "branchline-staging",
  platformAccountId: accounts.platform,
};

/** The profile, as soon as no test of its role runs. */
export function testedProfile({ ctx, until }: Scene): Promise<DeployProfileView> {
  return until(async () => {
    const profile = await getDeployProfile(ctx, "staging");
    return profile.proofEndedAt === null ? null : profile;
  });
}

/** Somebody mends the role and presses Test this role. */
export async function mendRole(scene: Scene): Promise<void> {
  const { deployProfileId, externalId } = await testedProfile(scene);
  await createDeployRole(scene.world.aws, { ...stagingRole, externalId });
  await proveDeployProfile(scene.ctx, { deployProfileId });
  const { provenAt, proof } = await testedProfile(scene);
  if (provenAt === null) throw new Error(`The role is not proven: ${JSON.stringify(proof)}`);
}
