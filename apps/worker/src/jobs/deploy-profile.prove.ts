import { findProfileToProve } from "@branchline/core/deploy-profiles/queries";
import { finishProof, recordProbe } from "@branchline/core/deploy-profiles/record-proof";
import { parseRoleArn } from "@branchline/core/deploy-profiles/rules";
import { ctxOf, type Parts } from "../parts.ts";

/** Tests a role: each probe is stored as soon as it is known, so that the person sees the lines turn one by one. */
export async function deployProfileProve(
  parts: Parts,
  { deployProfileId }: { deployProfileId: string },
): Promise<void> {
  const profile = await findProfileToProve(parts.db, deployProfileId);
  if (profile === null || profile.roleArn === null) return;
  const { roleArn, region, externalId, organizationId } = profile;
  const ctx = ctxOf(parts, organizationId);
  const subject = { deployProfileId, roleArn, region };
  const expectedAccountId = parseRoleArn(roleArn)?.accountId ?? "";
  for await (const result of parts.aws.proveRole({ roleArn, externalId, region, expectedAccountId })) {
    await recordProbe(ctx, { ...subject, ...result });
    await parts.tail.publish(`org:${organizationId}`, "deploy-profile");
  }
  await finishProof(ctx, subject);
  await parts.tail.publish(`org:${organizationId}`, "deploy-profile");
}
