import type { AwsCredentials } from "@branchline/aws";
import { recordStack } from "@branchline/core/deployments/record-stack";
import type { StackEvidence } from "@branchline/core/deployments/verdict";
import type { Fact } from "@branchline/runner";
import { beginPhase, endPhaseWith, type Run } from "./run.ts";
import { evidenceOf } from "./stack-evidence.ts";

export type FactBook = ReturnType<typeof createFactBook>;

type Deployed = Extract<Fact, { kind: "deployed" }>;

/** What the CLI has told so far, through our plugin. It waits for each answer, so what is written here is before what follows. */
export function createFactBook(run: Run, credentials: () => Promise<AwsCredentials>) {
  const { parts, work } = run;
  const { region } = work;
  let stackName: string | null = null;
  let stackId: string | null = null;
  let mutatingAt: Date | null = null;
  let before: StackEvidence = evidenceOf(null);
  let deployed: Deployed | null = null;

  async function readStack() {
    const stack = stackName === null ? null : await parts.aws.findStack(await credentials(), region, stackName);
    stackId = stack?.stackId ?? stackId;
    return stack;
  }

  /** From here on AWS may change: written down before it does. */
  async function beforeMutation(): Promise<void> {
    before = evidenceOf(await readStack());
    mutatingAt = parts.now();
    const isOurs = await recordStack(parts.db, work, { mutatingAt, ...(stackName === null ? {} : { stackName }) });
    if (!isOurs) throw new Error("the deployment is another worker's now");
  }

  return {
    async write(fact: Fact): Promise<void> {
      switch (fact.kind) {
        case "service":
          stackName = fact.stackName;
          return;
        case "packaged":
          await endPhaseWith(run, "package", "succeeded", null);
          await beginPhase(run, "deploy");
          return;
        case "mutating":
          stackName = fact.stackName;
          return beforeMutation();
        case "deployed":
          deployed = fact;
          return;
      }
    },
    readStack,
    /** Asked of AWS until there is a stack, and remembered from then on. */
    findStackId: async () => stackId ?? (await readStack())?.stackId ?? null,
    credentials,
    region,
    stackName: () => stackName,
    mutatingAt: () => mutatingAt,
    before: () => before,
    deployed: () => deployed,
    phase: () => run.phase,
  };
}
