import { AssumeRoleCommand, GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { AwsUnavailable, messageOf, nameOf } from "./unavailable.ts";

export type AwsCredentials = { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date };

export type AssumeRoleInput = {
  roleArn: string;
  /** Undefined: none is sent. */
  externalId: string | undefined;
  /** 2 to 64 of [\w+=,.@-]; the customer's CloudTrail shows it. */
  sessionName: string;
  /** As the name; CloudTrail shows it in every event, also of roles that are assumed from this session. */
  sourceIdentity: string;
  tags: Record<string, string>;
  /** What the session may do at the most, of what the role may; undefined: all of it. 2,048 characters as JSON. */
  policy: object | undefined;
  /** 900 to 3,600: we are a role ourselves, and chained sessions end after an hour. A role may allow less. */
  durationSeconds: number;
};

export type AssumedRole =
  | { kind: "assumed"; credentials: AwsCredentials }
  /** AWS read the question and said no; another try gets the same answer. */
  | { kind: "denied"; message: string; code: string };

/** The longest session of a role that we assume from a role, and the shortest that AWS gives. */
const shorterSeconds = [3_600, 900];

/**
 * Asks for the duration that is wished, and for a shorter one where the role allows no more: to AWS that is an error.
 * @throws AwsUnavailable when AWS said neither yes nor no
 */
export async function assumeRole(sts: STSClient, input: AssumeRoleInput): Promise<AssumedRole> {
  const answer = await ask(sts, input);
  const shorter = shorterSeconds.find((seconds) => seconds < input.durationSeconds);
  const isTooLong = answer.kind === "denied" && /DurationSeconds/.test(answer.message);
  if (!isTooLong || shorter === undefined) return answer;
  return assumeRole(sts, { ...input, durationSeconds: shorter });
}

async function ask(sts: STSClient, input: AssumeRoleInput): Promise<AssumedRole> {
  const command = new AssumeRoleCommand({
    RoleArn: input.roleArn,
    ExternalId: input.externalId,
    RoleSessionName: input.sessionName,
    SourceIdentity: input.sourceIdentity,
    DurationSeconds: input.durationSeconds,
    Policy: input.policy === undefined ? undefined : JSON.stringify(input.policy),
    Tags: Object.entries(input.tags).map(([Key, Value]) => ({ Key, Value })),
  });
  const askedAt = Date.now();
  try {
    const { Credentials } = await sts.send(command);
    if (!Credentials) throw new Error("the answer has no credentials");
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration = new Date(0) } = Credentials;
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      // AWS tells it by its own clock, and ours may be behind that.
      expiration: new Date(Math.min(Expiration.getTime(), askedAt + input.durationSeconds * 1_000)),
    };
    return { kind: "assumed", credentials };
  } catch (error) {
    const code = nameOf(error);
    if (denials.has(code)) return { kind: "denied", message: messageOf(error), code };
    throw new AwsUnavailable("assume a role", error);
  }
}

const denials = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "ValidationError",
  "MalformedPolicyDocument",
  "PackedPolicyTooLarge",
  "RegionDisabledException",
]);

export type CallerIdentity = { accountId: string; arn: string };

/** Whose credentials these are, as AWS sees it. */
export async function callerIdentity(sts: STSClient): Promise<CallerIdentity> {
  try {
    const { Account = "", Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    return { accountId: Account, arn: Arn };
  } catch (error) {
    throw new AwsUnavailable("read the caller's identity", error);
  }
}
