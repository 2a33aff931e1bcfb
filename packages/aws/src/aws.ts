import {
  type AssumedRole,
  type AssumeRoleInput,
  type AwsCredentials,
  assumeRole,
  type CallerIdentity,
  callerIdentity,
} from "./assume-role.ts";
import { createClients } from "./clients.ts";
import { type ProveRoleInput, proveRole } from "./prove-role.ts";
import { cancelUpdate, continueRollback, deleteStack } from "./stacks/interventions.ts";
import { findLastEvent, findStack, listStackEvents } from "./stacks/stacks.ts";

export type Aws = ReturnType<typeof createAws>;

/**
 * AWS as our identity sees it, and as a role does that we assumed. Our identity and endpoints come from the SDK's own
 * variables; STS is asked in a region, since the global endpoint fails with one.
 */
export function createAws({ region, maxAttempts = 4 }: { region: string; maxAttempts?: number }) {
  const clients = createClients({ region, maxAttempts });
  let ours: Promise<CallerIdentity> | null = null;

  /** Our own account and ARN, asked once: they last as long as the process. */
  async function platformIdentity(): Promise<CallerIdentity> {
    ours ??= callerIdentity(clients.ours);
    return ours.catch((error: unknown) => {
      ours = null;
      throw error;
    });
  }

  /** A role of our own account is nobody's to deploy with, whatever a form let through. */
  async function assumeRoleOfCustomer(input: AssumeRoleInput): Promise<AssumedRole> {
    const { accountId } = await platformIdentity();
    if (input.roleArn.split(":")[4] !== accountId) return assumeRole(clients.ours, input);
    return { kind: "denied", code: "OwnAccount", message: "The role is in Branchline's own account." };
  }

  const aws = {
    assumeRole: assumeRoleOfCustomer,
    callerIdentity: (credentials: AwsCredentials, at: string) => callerIdentity(clients.as(credentials, at).sts),
    platformIdentity,
    findStack: (credentials: AwsCredentials, at: string, name: string) =>
      findStack(clients.as(credentials, at).stacks, name),
    findLastEvent: (credentials: AwsCredentials, at: string, name: string) =>
      findLastEvent(clients.as(credentials, at).stacks, name),
    listStackEvents: (credentials: AwsCredentials, at: string, stackId: string, from: { after: string | null }) =>
      listStackEvents(clients.as(credentials, at).stacks, stackId, from),
    cancelUpdate: (credentials: AwsCredentials, at: string, stackId: string) =>
      cancelUpdate(clients.as(credentials, at).stacks, stackId),
    continueRollback: (credentials: AwsCredentials, at: string, stackId: string, skip: string[]) =>
      continueRollback(clients.as(credentials, at).stacks, stackId, skip),
    deleteStack: (credentials: AwsCredentials, at: string, stackId: string) =>
      deleteStack(clients.as(credentials, at).stacks, stackId),
  };
  return { ...aws, proveRole: (input: ProveRoleInput) => proveRole(aws, input) };
}
