import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { STSClient } from "@aws-sdk/client-sts";
import { type AssumeRoleInput, type AwsCredentials, assumeRole, callerIdentity } from "./assume-role.ts";
import { type ProveRoleInput, proveRole } from "./prove-role.ts";
import { findStack, listStackEvents } from "./stacks/stacks.ts";

export type Aws = ReturnType<typeof createAws>;

/**
 * AWS as our identity sees it, and as a role does that we assumed. Our identity and endpoints come from the SDK's own
 * variables; STS is asked in a region, since the global endpoint fails with one.
 */
export function createAws({ region, maxAttempts = 4 }: { region: string; maxAttempts?: number }) {
  const sts = new STSClient({ region, maxAttempts });
  const stacks = (credentials: AwsCredentials, at: string) =>
    new CloudFormationClient({ region: at, credentials, maxAttempts });
  const aws = {
    assumeRole: (input: AssumeRoleInput) => assumeRole(sts, input),
    callerIdentity: (credentials: AwsCredentials, at: string) =>
      callerIdentity(new STSClient({ region: at, credentials, maxAttempts })),
    /** Our own account and ARN: what a customer's trust policy names. */
    platformIdentity: () => callerIdentity(sts),
    findStack: (credentials: AwsCredentials, at: string, name: string) => findStack(stacks(credentials, at), name),
    listStackEvents: (credentials: AwsCredentials, at: string, stackId: string, since: Date) =>
      listStackEvents(stacks(credentials, at), stackId, since),
  };
  return { ...aws, proveRole: (input: ProveRoleInput) => proveRole(aws, input) };
}
