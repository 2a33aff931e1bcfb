import type { AwsCredentials } from "@branchline/aws";
import { parseRoleArn, refusalOfProfile } from "@branchline/core/deploy-profiles/rules";
import type { Work } from "@branchline/core/deployments/work";
import type { Parts } from "../parts.ts";
import type { Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** Chained sessions end after an hour at the most; the broker renews them long before. */
const sessionSeconds = 3_600;

/** A session is renewed when less than this is left of it. */
const renewBeforeMs = 5 * 60_000;

/** The characters that AWS takes in session names and tags. */
const awsText = (text: string) => text.replace(/[^\w+=,.@:/-]/g, "-").slice(0, 128);

/** Assumes the profile's role for one deployment, named so that the customer's CloudTrail leads back to it. */
async function assumeProfile({ aws }: Parts, work: Work): Promise<AwsCredentials> {
  const { roleArn, externalId } = work.profile;
  if (roleArn === null) throw new Stopped("profile_unproven", "The deploy profile has no role yet.");
  const assumed = await aws.assumeRole({
    roleArn,
    externalId,
    sessionName: awsText(`branchline-${work.organizationSlug}-${work.number}`).slice(0, 64),
    tags: {
      "branchline:organization": awsText(work.organizationSlug),
      "branchline:service": awsText(`${work.app}/${work.service}`),
      "branchline:stage": awsText(work.stage),
      "branchline:deployment": work.deploymentId,
    },
    durationSeconds: sessionSeconds,
  });
  if (assumed.kind === "denied")
    throw new Stopped("role_denied", `AWS refused to let us assume ${roleArn}: ${assumed.message}`);
  return assumed.credentials;
}

/** One session for the whole deployment, renewed while it lasts, and hidden in its log. */
export function sessionOf({ parts, work, log }: Pick<Run, "parts" | "work" | "log">): () => Promise<AwsCredentials> {
  let session: Promise<AwsCredentials> | null = null;

  async function assumed(): Promise<AwsCredentials> {
    const credentials = await assumeProfile(parts, work);
    log.hide([credentials.accessKeyId, credentials.secretAccessKey, credentials.sessionToken]);
    return credentials;
  }

  return async () => {
    const current = await session?.catch(() => null);
    if (current && current.expiration.getTime() - Date.now() > renewBeforeMs) return current;
    session = assumed();
    return session;
  };
}

/**
 * Refuses before anything runs: what the profile does not allow, a role that can't be assumed, another account than the
 * role's ARN says.
 * @returns the account id, and the session that proved it
 */
export async function checkProfile(
  parts: Parts,
  work: Work,
): Promise<{ accountId: string; credentials: AwsCredentials }> {
  const { profile, branch, stage } = work;
  const refusal = refusalOfProfile(profile, { branch, stage });
  if (refusal !== null) throw new Stopped(refusal.reason, refusal.sentence);
  const credentials = await assumeProfile(parts, work);
  const { accountId } = await parts.aws.callerIdentity(credentials, work.region);
  const expected = profile.roleArn === null ? null : parseRoleArn(profile.roleArn)?.accountId;
  if (accountId !== expected)
    throw new Stopped("wrong_account", `The role opens account ${accountId}, and the profile is for ${expected}.`);
  return { accountId, credentials };
}
