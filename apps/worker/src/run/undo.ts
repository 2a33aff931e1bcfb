import type { Stack } from "@branchline/aws";
import { deletesCancelledStack } from "@branchline/core/deployments/cancel";
import type { FactBook } from "./fact-book.ts";
import type { Run } from "./run.ts";

/** Asks CloudFormation to undo what a cancelled deployment has begun. @returns whether there was something to ask for */
export async function undo({ parts, work, log }: Run, book: FactBook, stack: Stack | null): Promise<boolean> {
  if (stack === null) return false;
  const { stackId, status, name } = stack;
  if (status === "UPDATE_IN_PROGRESS") {
    await log.say(`Cancel the update of the stack ${name}; CloudFormation rolls it back.`);
    await parts.aws.cancelUpdate(await book.credentials(), book.region, stackId);
    return true;
  }
  if (status === "CREATE_IN_PROGRESS" && (await deletesCancelledStack(parts.db, work))) {
    await log.say(`Delete the stack ${name}, whose creation was cancelled.`);
    await parts.aws.deleteStack(await book.credentials(), book.region, stackId);
    return true;
  }
  return false;
}
