import {
  CancelUpdateStackCommand,
  type CloudFormationClient,
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
} from "@aws-sdk/client-cloudformation";
import { AwsUnavailable, isDenied, messageOf, nameOf } from "../unavailable.ts";

/** "refused" when the stack is not in a state that allows it: it has come to rest meanwhile, or moves another way. */
export type Intervention = { kind: "asked" } | { kind: "refused"; message: string };

/** Asks CloudFormation to undo the update that is under way. */
export function cancelUpdate(client: CloudFormationClient, stackId: string): Promise<Intervention> {
  return intervene("cancel the stack's update", () =>
    client.send(new CancelUpdateStackCommand({ StackName: stackId })),
  );
}

/** @param skip logical ids that are left as they are: what they are then no longer matches the template */
export function continueRollback(client: CloudFormationClient, stackId: string, skip: string[]): Promise<Intervention> {
  const ResourcesToSkip = skip.length === 0 ? undefined : skip;
  return intervene("continue the stack's rollback", () =>
    client.send(new ContinueUpdateRollbackCommand({ StackName: stackId, ResourcesToSkip })),
  );
}

export function deleteStack(client: CloudFormationClient, stackId: string): Promise<Intervention> {
  return intervene("delete the stack", () => client.send(new DeleteStackCommand({ StackName: stackId })));
}

async function intervene(what: string, send: () => Promise<unknown>): Promise<Intervention> {
  try {
    await send();
    return { kind: "asked" };
  } catch (error) {
    if (nameOf(error) === "ValidationError" || isDenied(error)) {
      return { kind: "refused", message: messageOf(error) };
    }
    throw new AwsUnavailable(what, error);
  }
}
