import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  SignalResourceCommand,
  type StackEvent,
  UpdateStackCommand,
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

  async function history(): Promise<StackUpdate[]> {
    const found: StackUpdate[] = [];
    for (const { ResourceStatus = "", Timestamp = new Date(0) } of await eventsOf(stackName)) {
      if (ResourceStatus === "UPDATE_IN_PROGRESS") found.push({ beganAt: Timestamp, endedAt: null, endedAs: null });
      const last = found.at(-1);
      if (last === undefined || ResourceStatus.endsWith("_IN_PROGRESS")) continue;
      Object.assign(last, { endedAt: Timestamp, endedAs: ResourceStatus } satisfies Partial<StackUpdate>);
    }
    return found;
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
    history,
    /** How often the stack was updated since it was made. */
    updates: async () => (await history()).length,
    /** Somebody creates the stack by hand. */
    async create(Resources: Record<string, object>): Promise<void> {
      await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
    },
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

export type Stacks = Awaited<ReturnType<typeof stacksOf>>;

/** A resource that keeps its stack busy until it is signalled. */
export const waitCondition = {
  Type: "AWS::CloudFormation::WaitCondition",
  CreationPolicy: { ResourceSignal: { Timeout: "PT10M" } },
};
