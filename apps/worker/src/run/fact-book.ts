import type { AwsCredentials } from "@branchline/aws";
import { recordStack, type StackFacts } from "@branchline/core/deployments/record-stack";
import { type ResourceChange, withChanges } from "@branchline/core/deployments/resource-changes";
import { Description, type Fact } from "@branchline/runner";
import type { Parked } from "./parked.ts";
import { obstacleOf } from "./preflight.ts";
import { beginPhase, endPhaseWith, type Run } from "./run.ts";
import { evidenceOf } from "./stack-evidence.ts";
import type { Stopped } from "./stopped.ts";

export type FactBook = ReturnType<typeof createFactBook>;

/**
 * What is known of the stack: what an earlier worker wrote down, and what the CLI tells through our plugin. The CLI waits
 * for each answer, so what is written here is before what follows.
 */
export function createFactBook(run: Run, credentials: () => Promise<AwsCredentials>) {
  const { parts, work } = run;
  const { region } = work;
  let { stackName } = work;
  let stackId: string | null = null;
  let description = Description.safeParse(work.described).data ?? null;
  let changes: ResourceChange[] = [];
  let obstacle: Parked | Stopped | null = null;

  async function readStack() {
    const stack = stackName === null ? null : await parts.aws.findStack(await credentials(), region, stackName);
    stackId = stack?.stackId ?? stackId;
    return stack;
  }

  /** @returns why the CLI must not touch the stack */
  async function beforeMutation(name: string): Promise<string | null> {
    stackName = name;
    const refused = work.mutation === null ? await beforeFirstMutation(name) : null;
    return refused ?? writeDown(run, {});
  }

  /** From here on AWS may change: written down before it does. */
  async function beforeFirstMutation(name: string): Promise<string | null> {
    const stack = await readStack();
    obstacle = obstacleOf(work, stack);
    if (obstacle !== null) {
      await recordStack(parts.db, work, { stackName: name, stackStatus: stack?.status ?? "" });
      return obstacle.message;
    }
    work.mutation = { at: parts.now(), stackChangedBefore: evidenceOf(stack).changedAt };
    const { at: mutatingAt, stackChangedBefore } = work.mutation;
    await recordStack(parts.db, work, { mutatingAt, stackName: name, stackChangedBefore });
    return null;
  }

  return {
    async write(fact: Fact): Promise<string | null> {
      switch (fact.kind) {
        case "service":
          stackName = fact.stackName;
          return null;
        case "packaged":
          await endPhaseWith(run, "package", "succeeded", null);
          await beginPhase(run, "deploy");
          return null;
        case "described": {
          const { kind: _, ...described } = fact;
          description = described;
          await recordStack(parts.db, work, { described });
          return null;
        }
        case "changes":
          changes = withChanges(changes, fact.changes);
          return writeDown(run, { resourceChanges: changes });
        case "mutating":
          return beforeMutation(fact.stackName);
      }
    },
    readStack,
    /** Asked of AWS until there is a stack, and remembered from then on. */
    findStackId: async () => stackId ?? (await readStack())?.stackId ?? null,
    credentials,
    region,
    mutation: () => work.mutation,
    description: () => description,
    /** Why the CLI was stopped before it touched the stack. */
    obstacle: () => obstacle,
  };
}

/** @returns why the CLI must not go on, when the deployment is no longer ours */
async function writeDown({ parts, work }: Run, facts: StackFacts): Promise<string | null> {
  return (await recordStack(parts.db, work, facts)) ? null : "This deployment is another worker's now.";
}
