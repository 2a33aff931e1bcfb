import type { Claim } from "@branchline/core/deployments/claim";
import type { Verdict } from "@branchline/core/deployments/finish";
import { explain } from "@branchline/core/deployments/reasons";
import type { Parts } from "../parts.ts";
import { isCancelAsked } from "./heart.ts";
import type { Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** The verdict of a walk that ended early. A bug of ours is told as one, without its internals. */
export async function failureOf(run: Run, error: unknown): Promise<Verdict> {
  if (isCancelAsked(run.signal) && !isUnknown(error)) {
    await run.log.say("Cancelled before AWS was touched.");
    return { status: "cancelled", facts: { reason: "cancelled_by_person" }, outputs: [] };
  }
  const stopped = error instanceof Stopped ? error : new Stopped("internal");
  if (stopped !== error) ourFault(run.parts, run.work, error);
  const { sentence, next } = explain(stopped.reason);
  await run.log.say(`Failed: ${stopped.detail ?? sentence}${next === null ? "" : ` ${next}`}`);
  const facts: Verdict["facts"] = { reason: stopped.reason };
  if (stopped.detail !== undefined) facts.reasonDetail = stopped.detail;
  if (stopped.failureLine !== null) facts.failureLine = stopped.failureLine;
  return { status: "failed", facts, outputs: [] };
}

/** A cancelled deployment whose stack can't be read has no better end than to say so. */
const isUnknown = (error: unknown) => error instanceof Stopped && error.reason === "stack_unknown";

/** Writes a bug of ours down for the operator, and gives the verdict that a person gets. */
export function ourFault({ log }: Parts, { deploymentId }: Claim, error: unknown): Verdict {
  log.error({ deploymentId, err: error }, "a deployment failed by our own fault");
  return { status: "failed", facts: { reason: "internal" }, outputs: [] };
}
