import type { Intervention, Stack } from "@branchline/aws";
import { deletesCancelledStack } from "@branchline/core/deployments/cancel";
import type { FactBook } from "./fact-book.ts";
import type { Run } from "./run.ts";

/** Asks CloudFormation to undo what a cancelled deployment has begun. @returns whether there was something to ask for */
export async function undo({ parts, work, log }: Run, book: FactBook, stack: Stack | null): Promise<boolean> {
  if (stack === null) return false;
  const { stackId, status, name } = stack;
  if (status === "UPDATE_IN_PROGRESS") {
    const asked = await parts.aws.cancelUpdate(await book.credentials(), book.region, stackId);
    await log.say(refusalOf(asked) ?? `Cancel the update of the stack ${name}; CloudFormation rolls it back.`);
    return true;
  }
  if (status === "CREATE_IN_PROGRESS" && (await deletesCancelledStack(parts.db, work))) {
    const asked = await parts.aws.deleteStack(await book.credentials(), book.region, stackId);
    await log.say(refusalOf(asked) ?? `Delete the stack ${name}, whose creation was cancelled.`);
    return true;
  }
  return false;
}

/** Asked again it would say the same; the change is followed to its end. */
function refusalOf(asked: Intervention): string | null {
  return asked.kind === "asked" ? null : `CloudFormation refused to undo it: ${asked.message}`;
}
