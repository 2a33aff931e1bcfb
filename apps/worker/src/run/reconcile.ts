import type { Verdict } from "@branchline/core/deployments/finish";
import { outcomeOf } from "@branchline/core/deployments/verdict";
import { evidenceFrom, judge } from "./conclude.ts";
import { createFactBook } from "./fact-book.ts";
import { Parked } from "./parked.ts";
import type { Run } from "./run.ts";
import { settledStack, watchMs } from "./settle.ts";
import { followStack } from "./stack.ts";

/** The worker before may be frozen and not dead: its CLI may have asked for a change that the stack does not show yet. */
const quietMs = 10_000;

/**
 * Goes on with a deployment that may have touched AWS, without its CLI: follows the stack to its end and never deploys
 * twice. When the stack holds nothing of this deployment, it starts from its beginning.
 */
export async function reconcile(run: Run): Promise<Verdict> {
  const { work, log, record } = run;
  run.phase = "deploy";
  const book = createFactBook(run);
  if (work.isTakenOver) await log.say(`Another worker goes on, and follows the stack ${work.stackName}.`);
  const following = followStack(run, book);
  try {
    const stack = await settledStack(run, book, { quietMs, watchMs: work.isTakenOver ? watchMs : 0 });
    const evidence = await evidenceFrom(run, book, stack, { exitCode: null, failureLine: null });
    if (outcomeOf(evidence) === "untouched" && !evidence.isCancelAsked) {
      await record.forgetMutation();
      await log.say("The stack is as it was before, so the deployment starts from its beginning.");
      throw new Parked("It starts from its beginning.", 0);
    }
    return await judge(run, book, stack, evidence);
  } finally {
    await following.stop();
  }
}
