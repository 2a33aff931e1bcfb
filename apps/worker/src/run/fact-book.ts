import type { StackFacts } from "@branchline/core/deployments/record-stack";
import { type ResourceChange, withChanges } from "@branchline/core/deployments/resource-changes";
import type { Work } from "@branchline/core/deployments/work";
import { Description, type Fact } from "@branchline/runner";
import { type KnownStack, knownStack } from "./known-stack.ts";
import { endOfOutage } from "./outage.ts";
import { Parked } from "./parked.ts";
import { obstacleOf, recordObstacle } from "./preflight.ts";
import { beginPhase, endPhaseWith, type Run } from "./run.ts";
import { evidenceOf } from "./stack-evidence.ts";
import { Stopped } from "./stopped.ts";

export type FactBook = ReturnType<typeof createFactBook>;

/**
 * What is known of the stack: what an earlier worker wrote down, and what the CLI tells through our plugin. The CLI waits
 * for each answer, so what is written here is before what follows.
 */
export function createFactBook(run: Run) {
  const { work, record } = run;
  const { region } = work;
  const stack = knownStack(run);
  let description = Description.safeParse(work.described).data ?? null;
  let changes: ResourceChange[] = [];
  let obstacle: Parked | Stopped | null = null;
  let isPackaged = false;
  let mayHaveAsked = work.mutation !== null;

  async function heard(fact: Fact): Promise<string | null> {
    switch (fact.kind) {
      case "service":
        assertRegion(work, fact);
        stack.call(fact.stackName);
        return null;
      case "packaged":
        await endPhaseWith(run, "package", "succeeded", null);
        await beginPhase(run, "deploy");
        isPackaged = true;
        return null;
      case "described": {
        const { kind: _, ...described } = fact;
        description = described;
        await record.stack({ described });
        return null;
      }
      case "changes":
        mayHaveAsked = true;
        changes = withChanges(changes, fact.changes);
        return writeDown(run, { resourceChanges: changes });
      case "mutating":
        assertRegion(work, fact);
        stack.call(fact.stackName);
        // Told once more when all is uploaded.
        mayHaveAsked = work.mutation !== null;
        work.mutation ??= await beginMutation(run, stack, fact.stackName);
        return writeDown(run, {});
    }
  }

  return {
    /** @returns why the CLI must go no further */
    async write(fact: Fact): Promise<string | null> {
      try {
        return await heard(fact);
      } catch (error) {
        const why = endOfOutage(run, error) ?? error;
        if (!(why instanceof Parked || why instanceof Stopped)) throw error;
        // Once AWS was touched, the stack alone tells what became of it.
        if (work.mutation === null) obstacle = why;
        return why.message;
      }
    },
    /** Whether the phase has begun that may change AWS. */
    isPackaged: () => isPackaged,
    readStack: stack.read,
    findStackId: stack.findId,
    credentials: run.session.whole,
    region,
    mutation: () => work.mutation,
    description: () => description,
    /** Whether a change may be under way that the CLI has asked for. Before, it only uploads. */
    mayHaveAsked: () => mayHaveAsked,
    /** Why the CLI was stopped before it touched the stack. */
    obstacle: () => obstacle,
  };
}

/**
 * From here on AWS may change: written down before it does.
 * @throws Parked or Stopped when the stack must not be touched now
 */
async function beginMutation(run: Run, stack: KnownStack, stackName: string): Promise<NonNullable<Work["mutation"]>> {
  const { parts, record } = run;
  const before = await stack.read();
  const obstacle = obstacleOf(run, before);
  if (before !== null && obstacle !== null) {
    await recordObstacle(run, before);
    throw obstacle;
  }
  const mutation = { stackChangedBefore: evidenceOf(before).changedAt, stackEventBefore: await stack.findLastEvent() };
  await record.stack({ mutatingAt: parts.now(), stackName, ...mutation });
  return mutation;
}

/** The profile's region is the only one that its proof, its checks and its verdicts are about. */
function assertRegion({ region, profile }: Work, fact: { region: string }): void {
  if (fact.region === region) return;
  const sentence = `The service deploys to ${fact.region}, and the deploy profile ${profile.slug} is for ${region}.`;
  throw new Stopped("wrong_region", sentence);
}

/** @returns why the CLI must not go on, when the deployment is no longer ours */
async function writeDown({ record }: Run, facts: StackFacts): Promise<string | null> {
  return (await record.stack(facts)) ? null : "This deployment is another worker's now.";
}
