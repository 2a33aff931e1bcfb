/** What a person may let us do to a stack that can't be deployed to. */
export const stackRepairs = ["delete", "continue_rollback"] as const;
export type StackRepair = (typeof stackRepairs)[number];

/** The way out of a state of CloudFormation's; null where deploying again needs none, or none is known. */
export function repairOf(stackStatus: string | null): StackRepair | null {
  switch (stackStatus) {
    case "ROLLBACK_COMPLETE":
    case "ROLLBACK_FAILED":
    case "CREATE_FAILED":
    case "REVIEW_IN_PROGRESS":
    case "DELETE_FAILED":
      return "delete";
    case "UPDATE_ROLLBACK_FAILED":
      return "continue_rollback";
    default:
      return null;
  }
}
