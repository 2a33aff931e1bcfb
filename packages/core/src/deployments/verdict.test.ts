import { expect, test } from "vitest";
import { type Evidence, type StackEvidence, verdictOf } from "./verdict.ts";

const earlier = new Date("2026-11-01T10:00:00Z");
const later = new Date("2026-11-01T10:01:00Z");
const ours = "0198aaaa-0000-7000-8000-000000000001";
const none: StackEvidence = { state: "none", status: null, madeBy: null, changedAt: null };
const old: StackEvidence = { state: "deployed", status: "UPDATE_COMPLETE", madeBy: "another", changedAt: earlier };
const made: StackEvidence = { state: "deployed", status: "UPDATE_COMPLETE", madeBy: ours, changedAt: later };
const rolledBack: StackEvidence = {
  state: "rolled_back",
  status: "UPDATE_ROLLBACK_COMPLETE",
  madeBy: "another",
  changedAt: later,
};
const broken: StackEvidence = { state: "broken", status: "UPDATE_ROLLBACK_FAILED", madeBy: ours, changedAt: later };
const failure = { logicalId: "Table", reason: "Properties validation failed" };

const cases: [string, Partial<Evidence>, string, string | undefined][] = [
  ["a stack that we made succeeded", { changedBefore: null, after: made, exitCode: 0 }, "succeeded", undefined],
  [
    "a killed CLI does not turn a good stack red",
    { changedBefore: earlier, after: made, exitCode: null },
    "succeeded",
    undefined,
  ],
  [
    "an expired token does not turn a good stack red",
    { changedBefore: earlier, after: made, exitCode: 1 },
    "succeeded",
    undefined,
  ],
  [
    "an untouched stack and exit 0 is a success without changes",
    { changedBefore: earlier, after: old, exitCode: 0 },
    "succeeded",
    "no_changes",
  ],
  [
    "an untouched stack and exit 1 failed before the change",
    { changedBefore: earlier, after: old, exitCode: 1 },
    "failed",
    "deploy_failed",
  ],
  [
    "no stack and exit 1 failed before the change",
    { changedBefore: null, after: none, exitCode: 1 },
    "failed",
    "deploy_failed",
  ],
  ["no stack and exit 0 is no success", { changedBefore: null, after: none, exitCode: 0 }, "failed", "deploy_failed"],
  [
    "a stack that was there before, and is not any more, is not made again",
    { changedBefore: earlier, after: none, exitCode: null },
    "failed",
    "stack_failed",
  ],
  [
    "a stack that we began to make, and that somebody deleted, is not made again",
    { changedBefore: null, isBegun: true, after: none, exitCode: null },
    "failed",
    "stack_failed",
  ],
  [
    "a creation that was cancelled, and whose stack was deleted for that, is cancelled",
    { changedBefore: null, isBegun: true, after: none, exitCode: null, isCancelAsked: true },
    "cancelled",
    "cancelled_by_person",
  ],
  [
    "a rolled back stack is a failure whatever the CLI says",
    { changedBefore: earlier, after: rolledBack, exitCode: 0 },
    "failed",
    "stack_failed",
  ],
  [
    "a stack that an earlier deployment rolled back is not our failure",
    { changedBefore: later, after: rolledBack, exitCode: 1 },
    "failed",
    "deploy_failed",
  ],
  [
    "a cancelled update that CloudFormation rolled back is cancelled",
    { changedBefore: earlier, after: rolledBack, exitCode: null, isCancelAsked: true },
    "cancelled",
    "cancelled_by_person",
  ],
  [
    "a cancelled deployment that left the stack as it was is cancelled",
    { changedBefore: earlier, after: old, exitCode: null, isCancelAsked: true },
    "cancelled",
    "cancelled_by_person",
  ],
  [
    "a stack that was made before the cancellation reached it succeeded",
    { changedBefore: earlier, after: made, exitCode: null, isCancelAsked: true },
    "succeeded",
    undefined,
  ],
  [
    "a cancelled deployment whose rollback failed is a failure",
    { changedBefore: earlier, after: broken, exitCode: null, isCancelAsked: true },
    "failed",
    "stack_failed",
  ],
  [
    "a stack that was only created holds nothing of a cancelled deployment",
    { changedBefore: null, after: old, exitCode: null, isCancelAsked: true },
    "cancelled",
    "cancelled_by_person",
  ],
];

test.each(cases)("%s", (_, facts, status, reason) => {
  const evidence: Evidence = {
    deploymentId: ours,
    exitCode: 0,
    changedBefore: null,
    after: none,
    isBegun: false,
    isCancelAsked: false,
    firstFailure: failure,
    failureLine: 3,
    ...facts,
  };
  const verdict = verdictOf(evidence);
  expect(verdict.status).toBe(status);
  expect(verdict.facts.reason).toBe(reason);
});

test("a cancelled creation that left what was prepared for it, since nobody may delete that, says so", () => {
  const left = { ...none, status: "REVIEW_IN_PROGRESS" };
  const cancelled = { deploymentId: ours, exitCode: null, changedBefore: null, isBegun: false, isCancelAsked: true };
  const detailOf = (after: StackEvidence) =>
    verdictOf({ ...cancelled, after, firstFailure: null, failureLine: null }).facts.reasonDetail;
  expect(detailOf(left)).toBe("Cancelled; the stack that was prepared for it could not be deleted.");
  expect(detailOf(none)).toBe("Cancelled; there is no stack.");
});

test("a failure quotes CloudFormation and names the stack's state", () => {
  const evidence: Evidence = {
    deploymentId: ours,
    exitCode: 1,
    changedBefore: earlier,
    after: rolledBack,
    isBegun: true,
    isCancelAsked: false,
    firstFailure: failure,
    failureLine: 3,
  };
  expect(verdictOf(evidence).facts.reasonDetail).toBe(
    "Resource `Table` failed: Properties validation failed. The stack is UPDATE_ROLLBACK_COMPLETE.",
  );
});
