import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack as SdkStack,
  type StackEvent as SdkStackEvent,
} from "@aws-sdk/client-cloudformation";
import { AwsUnavailable, messageOf, nameOf } from "../unavailable.ts";

export type Stack = {
  stackId: string;
  name: string;
  status: string;
  statusReason: string | null;
  /** Logical ids of the resources in whose way a rollback stopped: those that may be skipped when it is continued. */
  stuck: string[];
  tags: Record<string, string>;
  outputs: Record<string, string>;
  createdAt: Date;
  lastUpdatedAt: Date | null;
};

/** Null when there is no such stack. */
export async function findStack(client: CloudFormationClient, name: string): Promise<Stack | null> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    return stack === undefined ? null : stackOf(stack);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw new AwsUnavailable(`describe the stack ${name}`, error);
  }
}

/** CloudFormation has no error of its own for this. */
function isAbsent(error: unknown): boolean {
  return nameOf(error) === "ValidationError" && /does not exist/i.test(messageOf(error));
}

function stackOf(stack: SdkStack): Stack {
  const { StackId = "", StackName = "", StackStatus = "", StackStatusReason = null, Tags = [], Outputs = [] } = stack;
  return {
    stackId: StackId,
    name: StackName,
    status: StackStatus,
    statusReason: StackStatusReason,
    stuck: StackStatus === "UPDATE_ROLLBACK_FAILED" ? stuckIn(StackStatusReason ?? "") : [],
    tags: Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])),
    outputs: Object.fromEntries(Outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue])),
    createdAt: stack.CreationTime ?? new Date(0),
    lastUpdatedAt: stack.LastUpdatedTime ?? null,
  };
}

/** "The following resource(s) failed to update: [Table, Queue]." */
function stuckIn(reason: string): string[] {
  const [, names = ""] = /failed to update: \[([^\]]*)\]/.exec(reason) ?? [];
  return names.split(", ").filter((name) => name !== "");
}

export type StackEvent = {
  eventId: string;
  at: Date;
  logicalId: string;
  physicalId: string | null;
  resourceType: string;
  status: string;
  reason: string | null;
};

/** The newest event of a stack, by its id; null when there is no such stack. */
export async function findLastEvent(client: CloudFormationClient, name: string): Promise<string | null> {
  try {
    const { StackEvents: [newest] = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
    return newest?.EventId ?? null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw new AwsUnavailable("find the stack's last event", error);
  }
}

/**
 * The events of a stack after one of them, oldest first; all, when that is not one of its. An event and not a moment: nobody's
 * clock but AWS's own knows when they were.
 */
export async function listStackEvents(
  client: CloudFormationClient,
  stackId: string,
  { after }: { after: string | null },
): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const page = await client.send(new DescribeStackEventsCommand({ StackName: stackId, NextToken }));
      const rows = (page.StackEvents ?? []).map(eventOf);
      const known = rows.findIndex(({ eventId }) => eventId === after);
      events.push(...(known === -1 ? rows : rows.slice(0, known)));
      NextToken = known === -1 ? page.NextToken : undefined;
    } while (NextToken !== undefined);
  } catch (error) {
    throw new AwsUnavailable("list the stack's events", error);
  }
  return events.reverse();
}

function eventOf(event: SdkStackEvent): StackEvent {
  return {
    eventId: event.EventId ?? "",
    at: event.Timestamp ?? new Date(0),
    logicalId: event.LogicalResourceId ?? "",
    physicalId: event.PhysicalResourceId || null,
    resourceType: event.ResourceType ?? "",
    status: event.ResourceStatus ?? "",
    reason: event.ResourceStatusReason || null,
  };
}
