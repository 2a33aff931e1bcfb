/**
 * What a stack's state means to someone who wants to deploy. From CloudFormation's list of stack status codes, read as a
 * rule of their suffixes, so that a code that AWS adds falls on the careful side.
 */
export type StackClass =
  | "absent"
  | "deployed"
  | "in_progress"
  | "rolled_back"
  /** A first create that failed: only deletion helps. */
  | "needs_deletion"
  /** A rollback or a deletion that failed: a person must continue it. */
  | "needs_repair";

const exact: Record<string, StackClass> = {
  CREATE_COMPLETE: "deployed",
  UPDATE_COMPLETE: "deployed",
  IMPORT_COMPLETE: "deployed",
  UPDATE_ROLLBACK_COMPLETE: "rolled_back",
  IMPORT_ROLLBACK_COMPLETE: "rolled_back",
  UPDATE_FAILED: "rolled_back",
  ROLLBACK_COMPLETE: "needs_deletion",
  ROLLBACK_FAILED: "needs_deletion",
  CREATE_FAILED: "needs_deletion",
  UPDATE_ROLLBACK_FAILED: "needs_repair",
  IMPORT_ROLLBACK_FAILED: "needs_repair",
  DELETE_FAILED: "needs_repair",
  DELETE_COMPLETE: "absent",
  // The empty shell that a change set for a new stack leaves behind.
  REVIEW_IN_PROGRESS: "absent",
};

export function classifyStack(status: string): StackClass {
  const known = exact[status];
  if (known !== undefined) return known;
  return status.endsWith("_IN_PROGRESS") ? "in_progress" : "needs_repair";
}
