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
  /** Null when the CLI was killed, or its worker was. */
  exitCode: number | null;
  /** When the stack had last changed before; null when there was none. */
  changedBefore: Date | null;
  after: StackEvidence;
  /** CloudFormation was seen at work on a resource for this deployment. */
  isBegun: boolean;
  isCancelAsked: boolean;
  /** The first resource that failed, in CloudFormation's words. */
  firstFailure: { logicalId: string; reason: string } | null;
  /** The CLI's last lines of error, for a failure before the stack was touched. */
  failureLine: number | null;
};

export type StackOutcome =
  /** The change of this deployment is in place. */
  | "deployed"
  /** CloudFormation undid the change of this deployment. */
  | "undone"
  /** The change was begun, and the stack is neither what it was nor what it should be. */
  | "broken"
  /** Somebody deleted the stack since. */
  | "deleted"
  /** Nothing of this deployment is in the stack, and nothing is on its way. */
  | "untouched";

/** What became of the stack, once it is at rest. A stack that was only created, with nothing in it yet, counts as untouched. */
export function outcomeOf({ after, changedBefore, isBegun, deploymentId }: Evidence): StackOutcome {
  if (after.state === "deployed") return after.madeBy === deploymentId ? "deployed" : "untouched";
  if (after.state === "none") return isBegun || changedBefore !== null ? "deleted" : "untouched";
  const isChanged = after.changedAt?.getTime() !== changedBefore?.getTime();
  if (!isChanged) return "untouched";
  return after.state === "rolled_back" ? "undone" : "broken";
}

/** The verdict comes from the stack; the CLI's exit code only tells apart what the stack can't. */
export function verdictOf(evidence: Evidence): Pick<Verdict, "status" | "facts"> {
  const { after, exitCode, isCancelAsked } = evidence;
  const stackStatus = after.status === null ? {} : { stackStatus: after.status };
  const outcome = outcomeOf(evidence);
  if (outcome === "deployed") return { status: "succeeded", facts: { ...stackStatus, ...tooLate(isCancelAsked) } };
  if (isCancelAsked && outcome !== "broken") {
    return { status: "cancelled", facts: { ...stackStatus, reason: "cancelled_by_person", ...afterCancel(evidence) } };
  }
  if (outcome === "untouched" && exitCode === 0 && after.state === "deployed") {
    return { status: "succeeded", facts: { ...stackStatus, ...withoutChange(evidence) } };
  }
  if (outcome === "deleted") return { status: "failed", facts: { ...stackStatus, reason: "stack_failed", ...gone } };
  const reason = outcome === "untouched" ? "deploy_failed" : "stack_failed";
  return { status: "failed", facts: { ...stackStatus, reason, ...failureDetail(evidence) } };
}

const gone = { reasonDetail: "Somebody deleted the stack while it was deployed to." };

function afterCancel(evidence: Evidence): Pick<Verdict["facts"], "reasonDetail"> {
  if (outcomeOf(evidence) === "undone") return { reasonDetail: "Cancelled; CloudFormation rolled the update back." };
  if (evidence.after.status === "REVIEW_IN_PROGRESS")
    return { reasonDetail: "Cancelled; the stack that was prepared for it could not be deleted." };
  if (evidence.after.state === "none") return { reasonDetail: "Cancelled; there is no stack." };
  return { reasonDetail: "Cancelled before the stack was changed." };
}

const tooLate = (isCancelAsked: boolean) =>
  isCancelAsked ? { reasonDetail: "It was deployed before it could be cancelled." } : {};

/** The stack can have moved without our tag: a CLI that sets no tags. */
function withoutChange({ after, changedBefore }: Evidence): Verdict["facts"] {
  return after.changedAt?.getTime() === changedBefore?.getTime() ? { reason: "no_changes" } : {};
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
