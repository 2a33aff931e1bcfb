import { classifyStack, type Intervention, type Stack } from "@branchline/aws";
import { deletesCancelledStack } from "@branchline/core/deployments/cancel";
import type { FactBook } from "./fact-book.ts";
import type { Run } from "./run.ts";

/** Asks CloudFormation to undo what a cancelled deployment has begun. @returns whether there was something to ask for, or to say */
export async function undo({ parts, work, log }: Run, book: FactBook, stack: Stack | null): Promise<boolean> {
  if (stack === null) return false;
  const { stackId, status, name } = stack;
  if (status === "UPDATE_IN_PROGRESS" && !book.mayHaveAsked()) {
    await log.say(`Somebody else changes the stack ${name}, so it is left alone.`);
    return true;
  }
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

export const isShell = (stack: Stack | null): stack is Stack =>
  stack !== null && classifyStack(stack.status).state === "shell";

/**
 * A CLI that ends between making a change set and executing it leaves an empty stack, which no deployment after it could
 * use. One that was there before is somebody else's, and is left alone.
 * @returns null when it is deleted
 */
export async function withoutShell({ parts, log }: Run, book: FactBook, stack: Stack | null): Promise<Stack | null> {
  if (!isShell(stack) || book.mutation()?.stackChangedBefore !== null) return stack;
  const asked = await parts.aws.deleteStack(await book.credentials(), book.region, stack.stackId);
  await log.say(refusalOf(asked) ?? `Delete the stack ${stack.name}, whose creation was prepared and never asked for.`);
  return asked.kind === "asked" ? null : stack;
}

/** Asked again it would say the same; the change is followed to its end. */
function refusalOf(asked: Intervention): string | null {
  return asked.kind === "asked" ? null : `CloudFormation refused to undo it: ${asked.message}`;
}
