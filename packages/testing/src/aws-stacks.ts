import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  SignalResourceCommand,
  type StackEvent,
  UpdateStackCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackDeleteComplete,
} from "@aws-sdk/client-cloudformation";
import type { LocalAws } from "./aws.ts";
import { asRoot } from "./aws-accounts.ts";

export type StackUpdate = { beganAt: Date; endedAt: Date | null; endedAs: string | null };

/** Stacks as their account's own people see and change them, beside us. */
export async function stacksOf(aws: Pick<LocalAws, "endpoint" | "ca">, accountId: string, stackName: string) {
  const client = new CloudFormationClient(await asRoot(aws, accountId));
  const StackName = stackName;

  async function status(): Promise<string | null> {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch(() => ({ Stacks: [] }));
    return Stacks[0]?.StackStatus ?? null;
  }

  /** Oldest first. */
  async function events(): Promise<StackEvent[]> {
    const found: StackEvent[] = [];
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName }))
      found.push(...StackEvents);
    return found.reverse();
  }

  /** Of a resource, or of the stack itself. */
  async function eventsOf(logicalId: string): Promise<StackEvent[]> {
    return (await events()).filter((event) => event.LogicalResourceId === logicalId);
  }

  return {
    status,
    /** All that happened in it, oldest first, as "Topic UPDATE_COMPLETE". */
    events: async () => (await events()).map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`),
    /** Whether CloudFormation has come to a resource. */
    hasCome: async (logicalId: string) => (await eventsOf(logicalId)).length > 0,
    /** Lets a WaitCondition go on, or fail. */
    async signal(logicalId: string, Status: "SUCCESS" | "FAILURE"): Promise<void> {
      const UniqueId = crypto.randomUUID();
      await client.send(new SignalResourceCommand({ StackName, LogicalResourceId: logicalId, UniqueId, Status }));
    },
    async outputs(): Promise<Record<string, string>> {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      return Object.fromEntries(
        (stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
      );
    },
    /** Each update of the stack since it was made, in order. */
    history: async () => historyOf(await eventsOf(stackName)),
    /** How often the stack was updated since it was made. */
    updates: async () => historyOf(await eventsOf(stackName)).length,
    /** Somebody creates the stack by hand. */
    async create(Resources: Record<string, object>): Promise<void> {
      await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
    },
    /** Somebody deletes the stack by hand; settles when it is gone. */
    async delete(): Promise<void> {
      await client.send(new DeleteStackCommand({ StackName }));
      await waitUntilStackDeleteComplete({ client, maxWaitTime: 60, minDelay: 1 }, { StackName });
    },
    /** Somebody prepares a change of the stack, or the creation of one that is not there, and leaves it at that. */
    leaveChangeSet: async (name: string, Resources: Record<string, object>) =>
      prepare(client, { StackName, ChangeSetName: name }, { isNew: (await status()) === null, Resources }),
    /** Somebody changes the stack by hand: resources are added to its template. */
    async add(resources: Record<string, object>): Promise<void> {
      const { TemplateBody = "{}" } = await client.send(
        new GetTemplateCommand({ StackName, TemplateStage: "Original" }),
      );
      const template = JSON.parse(TemplateBody) as { Resources: object };
      const body = JSON.stringify({ ...template, Resources: { ...template.Resources, ...resources } });
      const Capabilities = ["CAPABILITY_NAMED_IAM" as const];
      await client.send(new UpdateStackCommand({ StackName, TemplateBody: body, Capabilities }));
    },
  };
}

/** @param events of the stack itself, oldest first */
function historyOf(events: readonly StackEvent[]): StackUpdate[] {
  const found: StackUpdate[] = [];
  for (const { ResourceStatus = "", Timestamp = new Date(0) } of events) {
    if (ResourceStatus === "UPDATE_IN_PROGRESS") found.push({ beganAt: Timestamp, endedAt: null, endedAs: null });
    const last = found.at(-1);
    if (last === undefined || ResourceStatus.endsWith("_IN_PROGRESS")) continue;
    Object.assign(last, { endedAt: Timestamp, endedAs: ResourceStatus } satisfies Partial<StackUpdate>);
  }
  return found;
}

async function prepare(
  client: CloudFormationClient,
  place: { StackName: string; ChangeSetName: string },
  { isNew, Resources }: { isNew: boolean; Resources: Record<string, object> },
): Promise<void> {
  // The one that was executed last keeps its name.
  if (!isNew) await client.send(new DeleteChangeSetCommand(place));
  const ChangeSetType = isNew ? "CREATE" : "UPDATE";
  const TemplateBody = JSON.stringify({ Resources });
  await client.send(new CreateChangeSetCommand({ ...place, ChangeSetType, TemplateBody }));
  await waitUntilChangeSetCreateComplete({ client, maxWaitTime: 60, minDelay: 1 }, place);
}

export type Stacks = Awaited<ReturnType<typeof stacksOf>>;

/** A resource that keeps its stack busy until it is signalled. */
export const waitCondition = {
  Type: "AWS::CloudFormation::WaitCondition",
  CreationPolicy: { ResourceSignal: { Timeout: "PT10M" } },
};
