/** What a stack's state means to someone who wants to deploy. */
export type StackState =
  | "absent"
  | "deployed"
  | "in_progress"
  | "rolled_back"
  /** A change set that was to create it was never executed: it is empty, takes no deployment, and only deletion helps. */
  | "shell"
  /** A first create that failed: only deletion helps. */
  | "needs_deletion"
  /** A rollback or a deletion that failed: a person must continue it. */
  | "needs_repair";

export type StackClass = {
  state: StackState /** In a sentence, with what to do where there is something to do. */;
  meaning: string;
};

const meanings: Record<string, [StackState, string]> = {
  CREATE_COMPLETE: ["deployed", "The stack was created."],
  UPDATE_COMPLETE: ["deployed", "The stack was updated."],
  IMPORT_COMPLETE: ["deployed", "Resources were imported into the stack."],
  UPDATE_ROLLBACK_COMPLETE: ["rolled_back", "The update failed and CloudFormation restored what was there before."],
  IMPORT_ROLLBACK_COMPLETE: ["rolled_back", "The import failed and CloudFormation restored what was there before."],
  UPDATE_FAILED: [
    "rolled_back",
    "The update failed and CloudFormation left it where it stopped. Update the stack again.",
  ],
  ROLLBACK_COMPLETE: [
    "needs_deletion",
    "The first creation failed and was undone. Delete the stack, then deploy again.",
  ],
  ROLLBACK_FAILED: [
    "needs_deletion",
    "The first creation failed and could not be undone. Delete the stack, then deploy again.",
  ],
  CREATE_FAILED: ["needs_deletion", "The first creation failed. Delete the stack, then deploy again."],
  UPDATE_ROLLBACK_FAILED: [
    "needs_repair",
    "The update failed and could not be undone. Its rollback has to be continued.",
  ],
  IMPORT_ROLLBACK_FAILED: [
    "needs_repair",
    "The import failed and could not be undone. Its rollback has to be continued in CloudFormation.",
  ],
  DELETE_FAILED: [
    "needs_repair",
    "The stack could not be deleted, often because a bucket is not empty. Delete it again.",
  ],
  DELETE_COMPLETE: ["absent", "The stack was deleted."],
  REVIEW_IN_PROGRESS: [
    "shell",
    "A change set that was to create the stack was never executed, so it is empty. Delete the stack, then deploy again.",
  ],
};

/** From CloudFormation's list of stack status codes; a code that AWS adds falls on the careful side. */
export function classifyStack(status: string): StackClass {
  const [state, meaning] = meanings[status] ?? byName(status);
  return { state, meaning };
}

function byName(status: string): [StackState, string] {
  if (!status.endsWith("_IN_PROGRESS"))
    return ["needs_repair", `CloudFormation says ${status}. Look at the stack in AWS.`];
  if (status.includes("ROLLBACK")) return ["in_progress", "CloudFormation is undoing a failed change."];
  if (status.startsWith("DELETE")) return ["in_progress", "CloudFormation is deleting the stack."];
  return ["in_progress", "CloudFormation is changing the stack."];
}
