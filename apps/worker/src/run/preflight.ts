import { setTimeout as pause } from "node:timers/promises";
import { type AwsCredentials, classifyStack, type Stack } from "@branchline/aws";
import { repairOf } from "@branchline/core/deployments/stack-repair";
import { isPatient } from "./outage.ts";
import { Parked } from "./parked.ts";
import type { Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** How often a busy stack is looked at, without a worker in between. */
const lookAgainMs = 10_000;

/** A repair is asked for, and CloudFormation shows it a moment later. */
const startOfRepairMs = 1_000;

/** The stack of this deployment, as far as it is known: else the one that was deployed last. Null when there is none yet. */
export async function lookAtStack({ parts, work }: Run, credentials: AwsCredentials): Promise<Stack | null> {
  if (work.lastStackName === null) return null;
  return parts.aws.findStack(credentials, work.region, work.lastStackName);
}

/**
 * Before anything runs: a stack that is busy is waited for; one that is stuck is repaired, if that is what somebody asked for,
 * and else stops the deployment with its state's name.
 * @param stackName of the deployment's own stack; null when it is not known yet, and so nothing is known to be in its way
 */
export async function preflight(
  run: Run,
  { credentials, stack, stackName }: { credentials: AwsCredentials; stack: Stack | null; stackName: string | null },
): Promise<void> {
  if (stack === null || stack.name !== stackName) return;
  const wasRepaired = await repair(run, credentials, stack);
  if (wasRepaired) {
    await pause(startOfRepairMs);
    throw new Parked(`The stack ${stack.name} is being repaired.`, 0);
  }
  const obstacle = obstacleOf(run, stack);
  if (obstacle === null) return;
  await recordObstacle(run, stack);
  throw obstacle;
}

/** For the people whom it stops: which stack, and what may be done to it. */
export async function recordObstacle({ record }: Run, { name, status, stuck }: Stack): Promise<void> {
  await record.stack({ stackName: name, stackStatus: status, stackStuck: stuck });
}

/** Why the stack can't be deployed to now; null when it can. */
export function obstacleOf(run: Run, stack: Stack | null): Parked | Stopped | null {
  if (stack === null) return null;
  const { state, meaning } = classifyStack(stack.status);
  const told = `The stack ${stack.name} is ${stack.status}. ${meaning}`;
  switch (state) {
    case "absent":
    case "deployed":
    case "rolled_back":
      return null;
    case "in_progress":
      return isPatient(run) ? new Parked(told, lookAgainMs) : new Stopped("stack_busy", told);
    case "shell":
    case "needs_deletion":
    case "needs_repair":
      return new Stopped("stack_blocked", told);
  }
}

/** Asks for the repair that a person wished, once. @returns whether there was one to ask for */
async function repair({ work, parts, log, record }: Run, credentials: AwsCredentials, stack: Stack): Promise<boolean> {
  const wished = work.repair;
  if (wished === null || repairOf(stack.status) !== wished) return false;
  const { stackId, name } = stack;
  if (wished === "delete") await log.say(`Delete the stack ${name}, which is ${stack.status}.`);
  else await log.say(`Continue the rollback of the stack ${name}${skipped(work.repairSkips)}.`);
  const asked =
    wished === "delete"
      ? await parts.aws.deleteStack(credentials, work.region, stackId)
      : await parts.aws.continueRollback(credentials, work.region, stackId, work.repairSkips);
  if (asked.kind === "refused") throw new Stopped("stack_blocked", `CloudFormation refused: ${asked.message}`);
  // From now on the stack's state is the answer: asked again and again, a repair that can't work has no end.
  await record.stack({ repair: null });
  return true;
}

const skipped = (skips: string[]) => (skips.length === 0 ? "" : `, without ${skips.join(", ")}`);
