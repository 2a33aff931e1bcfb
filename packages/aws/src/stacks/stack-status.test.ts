import { StackStatus } from "@aws-sdk/client-cloudformation";
import { expect, test } from "vitest";
import { classifyStack } from "./stack-status.ts";

test("every state that CloudFormation knows has a meaning, and only those that move are in progress", () => {
  for (const status of Object.values(StackStatus)) {
    const moves = status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
    expect([status, classifyStack(status).state === "in_progress"]).toEqual([status, moves]);
  }
});

test.each([
  ["UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "in_progress"],
  ["UPDATE_ROLLBACK_COMPLETE", "rolled_back"],
  ["ROLLBACK_COMPLETE", "needs_deletion"],
  ["UPDATE_ROLLBACK_FAILED", "needs_repair"],
  ["A_STATE_OF_TOMORROW", "needs_repair"],
])("%s is %s", (status, meaning) => {
  expect(classifyStack(status).state).toBe(meaning);
});
