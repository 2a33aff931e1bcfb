import { setTimeout as pause } from "node:timers/promises";
import { type AwsCredentials, classifyStack, type Stack } from "@branchline/aws";
import type { Claim } from "@branchline/core/deployments/claim";
import { recordStackEvents } from "@branchline/core/deployments/record-stack";
import type { StackEvidence } from "@branchline/core/deployments/verdict";
import type { Parts } from "../parts.ts";

export const deploymentTag = "branchline:deployment";

/** How often AWS is asked while a stack moves. */
const pollMs = 1_000;

export type StackWatch = {
  name: string;
  region: string;
  since: Date;
  credentials(): Promise<AwsCredentials>;
};

/** What the stack proves at this moment. */
export function evidenceOf(stack: Stack | null): StackEvidence {
  if (stack === null) return { state: "none", status: null, madeBy: null, changedAt: null };
  const { status, tags, lastUpdatedAt, createdAt } = stack;
  return { state: stateOf(status), status, madeBy: tags[deploymentTag] ?? null, changedAt: lastUpdatedAt ?? createdAt };
}

function stateOf(status: string): StackEvidence["state"] {
  const { state } = classifyStack(status);
  switch (state) {
    case "deployed":
      return "deployed";
    case "absent":
      return "none";
    case "rolled_back":
      return "rolled_back";
    case "in_progress":
    case "needs_deletion":
    case "needs_repair":
      return "broken";
  }
}

/** Stores the stack's events as they come, until the signal aborts, and once more at the end. */
export async function followEvents(parts: Parts, claim: Claim, watch: StackWatch, signal: AbortSignal): Promise<void> {
  for (;;) {
    const isLast = signal.aborted;
    await storeEvents(parts, claim, watch).catch((error: unknown) => {
      parts.log.warn({ deploymentId: claim.deploymentId, error: String(error) }, "stack events could not be read");
    });
    if (isLast) return;
    await pause(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

async function storeEvents(parts: Parts, claim: Claim, watch: StackWatch): Promise<void> {
  const credentials = await watch.credentials();
  const stack = await parts.aws.findStack(credentials, watch.region, watch.name);
  if (stack === null) return;
  const events = await parts.aws.listStackEvents(credentials, watch.region, stack.stackId, { since: watch.since });
  if (events.length === 0) return;
  await recordStackEvents(parts.db, claim, events);
  await parts.tail.publish(claim.deploymentId, "resource");
}

/** Waits for the stack to come to rest: the CLI may end, or be killed, before CloudFormation does. */
export async function settledStack(parts: Parts, watch: StackWatch): Promise<Stack | null> {
  for (;;) {
    const stack = await parts.aws.findStack(await watch.credentials(), watch.region, watch.name);
    if (stack === null || classifyStack(stack.status).state !== "in_progress") return stack;
    await pause(pollMs);
  }
}
