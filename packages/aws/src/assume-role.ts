import { AssumeRoleCommand, GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { AwsUnavailable, messageOf, nameOf } from "./unavailable.ts";

export type AwsCredentials = { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date };

export type AssumeRoleInput = {
  roleArn: string;
  /** Undefined: none is sent. */
  externalId: string | undefined;
  /** 2 to 64 of [\w+=,.@-]; the customer's CloudTrail shows it. */
  sessionName: string;
  tags: Record<string, string>;
  /** 900 to 3,600: we are a role ourselves, and chained sessions end after an hour. */
  durationSeconds: number;
};

export type AssumedRole =
  | { kind: "assumed"; credentials: AwsCredentials }
  /** AWS read the question and said no; another try gets the same answer. */
  | { kind: "denied"; message: string; code: string };

/** @throws AwsUnavailable when AWS said neither yes nor no */
export async function assumeRole(sts: STSClient, input: AssumeRoleInput): Promise<AssumedRole> {
  const command = new AssumeRoleCommand({
    RoleArn: input.roleArn,
    ExternalId: input.externalId,
    RoleSessionName: input.sessionName,
    DurationSeconds: input.durationSeconds,
    Tags: Object.entries(input.tags).map(([Key, Value]) => ({ Key, Value })),
  });
  try {
    const { Credentials } = await sts.send(command);
    if (!Credentials) throw new Error("the answer has no credentials");
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration = new Date(0) } = Credentials;
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
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
