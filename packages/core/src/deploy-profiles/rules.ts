import { matchesBranch } from "../branch-mappings/rules.ts";
import type { DeploymentReason } from "../deployments/reasons.ts";
import type { ProbeResult } from "./proof.ts";
import { findRegion, type Partition } from "./regions.ts";

export type RoleArn = { partition: Partition; accountId: string; roleName: string };

/** IAM's own alphabet for names and paths; neither wildcards nor a root user get through. */
const roleArn = /^arn:(aws|aws-us-gov|aws-cn):iam::(\d{12}):role\/(?:[\w+=,.@-]{1,128}\/)*([\w+=,.@-]{1,64})$/;

/** Null for anything but the ARN of one IAM role. */
export function parseRoleArn(arn: string): RoleArn | null {
  if (arn.length > 2048) return null;
  const [, partition, accountId, roleName] = roleArn.exec(arn) ?? [];
  if (partition === undefined || accountId === undefined || roleName === undefined) return null;
  return { partition: partition as Partition, accountId, roleName };
}

/** The AWS account of a profile, which its role names. */
export function accountOf(profile: { roleArn: string | null }): string | null {
  return profile.roleArn === null ? null : (parseRoleArn(profile.roleArn)?.accountId ?? null);
}

/** Why a role can't be used for a region or by us, in a sentence; null when it can. */
export function problemOfRole(arn: string, region: string, platformAccountId: string): string | null {
  const role = parseRoleArn(arn);
  if (role === null) return "Enter the ARN of an IAM role, such as arn:aws:iam::123456789012:role/branchline.";
  if (role.accountId === platformAccountId)
    return "This role is in Branchline's own account. Enter a role of your account.";
  const known = findRegion(region);
  if (known !== null && known.partition !== role.partition) {
    return `The role is of the partition ${role.partition}, but ${region} is in ${known.partition}.`;
  }
  return null;
}

export type ProfileLimits = {
  slug: string;
  roleArn: string | null;
  provenAt: Date | null;
  /** The last test of its role. */
  proof: readonly ProbeResult[];
  /** None allows every branch. */
  allowedBranches: readonly string[];
  stagePattern: string;
};

/** Why a profile is not proven, so that nothing may be deployed with it, in sentences; null when it is. */
export function unprovenBecause({ roleArn, provenAt, proof }: ProfileLimits): string | null {
  if (roleArn === null) return "It has no role yet.";
  if (provenAt !== null) return null;
  const failed = proof.find(({ outcome }) => outcome === "failed");
  return failed?.message ?? "No test of its role with its region has ended well.";
}

export type ProfileRefusal = {
  reason: Extract<DeploymentReason, "branch_not_allowed" | "stage_not_allowed">;
  sentence: string;
};

/** Why a profile does not let a deployment pass, proven or not; null when it does. */
export function refusalOfProfile(
  { slug, allowedBranches, stagePattern }: ProfileLimits,
  { branch, stage }: { branch: string; stage: string },
): ProfileRefusal | null {
  if (allowedBranches.length > 0 && !allowedBranches.some((pattern) => matchesBranch(pattern, branch))) {
    const sentence = `The deploy profile ${slug} allows ${allowedBranches.join(", ")}, but not the branch ${branch}.`;
    return { reason: "branch_not_allowed", sentence };
  }
  if (!matchesBranch(stagePattern, stage)) {
    const sentence = `The deploy profile ${slug} allows stages that match ${stagePattern}, and ${stage} does not.`;
    return { reason: "stage_not_allowed", sentence };
  }
  return null;
}
