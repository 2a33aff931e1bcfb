import { z } from "zod";
import { branchPattern, hostPattern, stagePattern } from "./patterns.ts";
import { findRegion } from "./regions.ts";
import { parseRoleArn } from "./rules.ts";

const example = "arn:aws:iam::123456789012:role/branchline";

/** What a person decides about a profile, now and later; the form's schema too. */
export const profileSettings = {
  /** Null, or empty, until the role exists. */
  roleArn: z
    .string()
    .trim()
    .nullable()
    .transform((arn) => (arn === "" ? null : arn))
    .refine((arn) => arn === null || parseRoleArn(arn) !== null, `Enter the ARN of an IAM role, such as ${example}.`),
  region: z.string().refine((region) => findRegion(region) !== null, "Choose a region."),
  allowedBranches: z.array(branchPattern).max(50, "Use at most 50 branches."),
  stagePattern,
  deployHosts: z.array(hostPattern).max(50, "Use at most 50 hosts."),
};
