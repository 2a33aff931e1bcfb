import type { AssumedRole, AwsCredentials } from "@branchline/aws";
import { readingPolicy } from "@branchline/aws/role";
import { doubtDeployProfile } from "@branchline/core/deploy-profiles/doubt";
import { parseRoleArn, refusalOfProfile, unprovenBecause } from "@branchline/core/deploy-profiles/rules";
import type { Work } from "@branchline/core/deployments/work";
import { ctxOf, type Parts } from "../parts.ts";
import { renewed } from "./renewed.ts";
import type { Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** Who we are in the customer's account for one deployment; each is assumed when first asked for, and renewed. */
export type Session = {
  /** For packaging, which runs the code of plugins and of the configuration: it reads and changes nothing. */
  reading(): Promise<AwsCredentials>;
  /** All that the role may do. */
  whole(): Promise<AwsCredentials>;
};

/**
 * An hour, the most that a role gets from a role: CloudFormation goes on with the session that a change was asked for with,
 * unless the service has a role for CloudFormation.
 */
const wholeSeconds = 3_600;
/** The shortest that AWS gives. */
const readingSeconds = 900;

export function openSession(run: Pick<Run, "parts" | "work" | "log">): Session {
  return {
    reading: renewed(() => assumeProfile(run, { durationSeconds: readingSeconds, policy: readingPolicy() })),
    whole: renewed(() => assumeProfile(run, { durationSeconds: wholeSeconds, policy: undefined })),
  };
}

/** The characters that AWS takes in session names and tags. */
const awsText = (text: string) => text.replace(/[^\w+=,.@:/-]/g, "-").slice(0, 128);

type Limits = { durationSeconds: number; policy: object | undefined };

/** Assumes the profile's role for one deployment, named so that the customer's CloudTrail leads back to it. Its log hides it. */
async function assumeProfile(
  { parts, work, log }: Parameters<typeof openSession>[0],
  limits: Limits,
): Promise<AwsCredentials> {
  const { roleArn, externalId } = work.profile;
  if (roleArn === null) throw new Stopped("profile_unproven", "The deploy profile has no role yet.");
  const assumed = await parts.aws.assumeRole({
    roleArn,
    externalId,
    sessionName: awsText(`branchline-${work.organizationSlug}-${work.number}`).slice(0, 64),
    sourceIdentity: `branchline-${work.deploymentId}`,
    tags: {
      "branchline:organization": awsText(work.organizationSlug),
      "branchline:service": awsText(`${work.app}/${work.service}`),
      "branchline:stage": awsText(work.stage),
      "branchline:deployment": work.deploymentId,
    },
    ...limits,
  });
  if (assumed.kind === "assumed") {
    const { accessKeyId, secretAccessKey, sessionToken } = assumed.credentials;
    log.hide("the session of AWS", [accessKeyId, secretAccessKey, sessionToken]);
    return assumed.credentials;
  }
  await doubt(parts, work, roleArn, assumed);
  throw new Stopped("role_denied", `AWS refused to let us assume ${roleArn}: ${assumed.message}`);
}

/** Others that wait for this role hear it from the profile instead of asking AWS the same. */
async function doubt(
  parts: Parts,
  { organizationId, profile, number }: Work,
  roleArn: string,
  { message }: Extract<AssumedRole, { kind: "denied" }>,
): Promise<void> {
  const { deployProfileId } = profile;
  await doubtDeployProfile(ctxOf(parts, organizationId), { deployProfileId, roleArn, message, number });
  await parts.tail.publish(`org:${organizationId}`, "deploy-profile");
}

/**
 * The queue waits for a profile to be proven; what had begun when it was not any more ends.
 * @throws Stopped for what the profile does not allow, before AWS is asked for anything
 */
export function assertAllowed({ profile, branch, stage }: Work): void {
  const unproven = unprovenBecause(profile);
  if (unproven !== null)
    throw new Stopped("profile_unproven", `The deploy profile ${profile.slug} is not proven. ${unproven}`);
  const refusal = refusalOfProfile(profile, { branch, stage });
  if (refusal !== null) throw new Stopped(refusal.reason, refusal.sentence);
}

/** Writes the account down. @throws Stopped for another account than the role's ARN says, before anything runs */
export async function checkAccount({ parts, work, record }: Run, credentials: AwsCredentials): Promise<void> {
  const { roleArn } = work.profile;
  const { accountId } = await parts.aws.callerIdentity(credentials, work.region);
  const expected = roleArn === null ? null : parseRoleArn(roleArn)?.accountId;
  if (accountId !== expected)
    throw new Stopped("wrong_account", `The role opens account ${accountId}, and the profile is for ${expected}.`);
  await record.stack({ accountId });
}
