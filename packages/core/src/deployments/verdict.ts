import type { Verdict } from "./finish.ts";

/** What a stack's status means for a deployment; the aws adapter classifies CloudFormation's own states. */
export type StackState = "none" | "deployed" | "rolled_back" | "broken";

export type StackEvidence = {
  state: StackState;
  /** CloudFormation's own word, for people. */
  status: string | null;
  /** The deployment that the stack's tag names: proof of who made the state. */
  madeBy: string | null;
  changedAt: Date | null;
};

export type Evidence = {
  deploymentId: string;
  /** Null when the CLI was killed. */
  exitCode: number | null;
  before: StackEvidence;
  after: StackEvidence;
  /** The first resource that failed, in CloudFormation's words. */
  firstFailure: { logicalId: string; reason: string } | null;
  /** The CLI's last lines of error, for a failure before the stack was touched. */
  failureLine: number | null;
};

/** The verdict comes from the stack; the CLI's exit code only tells apart what the stack can't. */
export function verdictOf(evidence: Evidence): Pick<Verdict, "status" | "facts"> {
  const { before, after, exitCode, deploymentId } = evidence;
  const stackStatus = after.status === null ? {} : { stackStatus: after.status };
  const isChanged = after.changedAt?.getTime() !== before.changedAt?.getTime();
  if (after.state === "deployed" && after.madeBy === deploymentId) return { status: "succeeded", facts: stackStatus };
  if (after.state === "deployed" && exitCode === 0) {
    return { status: "succeeded", facts: isChanged ? stackStatus : { ...stackStatus, reason: "no_changes" } };
  }
  const isUndone = isChanged && after.state !== "deployed" && after.state !== "none";
  const reason = isUndone ? "stack_failed" : "deploy_failed";
  return { status: "failed", facts: { ...stackStatus, reason, ...failureDetail(evidence) } };
}

function failureDetail({ firstFailure, failureLine, after }: Evidence): Verdict["facts"] {
  const line = failureLine === null ? {} : { failureLine };
  if (firstFailure === null) return line;
  const state = after.status === null ? "" : ` The stack is ${after.status}.`;
  return {
    ...line,
    reasonDetail: `Resource \`${firstFailure.logicalId}\` failed: ${firstFailure.reason}.${state}`.replace("..", "."),
  };
}
