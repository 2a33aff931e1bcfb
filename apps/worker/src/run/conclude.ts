import type { Stack } from "@branchline/aws";
import type { OutputFact, Verdict } from "@branchline/core/deployments/finish";
import { explain } from "@branchline/core/deployments/reasons";
import { verdictOf } from "@branchline/core/deployments/verdict";
import type { StepExit } from "@branchline/runner";
import { assertSucceeded } from "./build-phases.ts";
import type { FactBook } from "./fact-book.ts";
import { endPhaseWith, type Run } from "./run.ts";
import { listEvents, settledStack } from "./stack.ts";
import { evidenceOf } from "./stack-evidence.ts";

type Ending = { exit: StepExit; firstLine: number; outputs: (stack: Stack | null) => OutputFact[] };

/** What became of it: before AWS was touched the CLI says so, after it the stack does. */
export async function conclude(run: Run, book: FactBook, { exit, firstLine, outputs }: Ending): Promise<Verdict> {
  const { log, work, parts } = run;
  await log.nextLine();
  const failureLine = log.failureLine(firstLine);
  if (book.mutatingAt() === null) assertSucceeded(exit, "package_failed", failureLine);
  const stack = await settledStack(parts, work, book);
  const verdict = verdictOf({
    deploymentId: work.deploymentId,
    exitCode: exit.kind === "exited" ? exit.code : null,
    before: book.before(),
    after: evidenceOf(stack),
    firstFailure: await firstFailure(run, book),
    failureLine,
  });
  await sayVerdict(run, verdict);
  await endPhaseWith(
    run,
    book.phase(),
    verdict.status === "succeeded" ? "succeeded" : "failed",
    verdict.facts.reasonDetail ?? null,
  );
  return { ...verdict, outputs: verdict.status === "succeeded" ? outputs(stack) : [] };
}

async function sayVerdict({ log, work }: Run, { status, facts }: Pick<Verdict, "status" | "facts">): Promise<void> {
  const { reason, reasonDetail, stackStatus } = facts;
  const why = reason === undefined ? "" : ` ${reasonDetail ?? explain(reason).sentence}`;
  const state = stackStatus === undefined ? "" : ` The stack is ${stackStatus}.`;
  if (status === "succeeded") await log.say(`Deployed ${work.service} to ${work.stage}.${state}${why}`);
  else await log.say(`Failed:${why}${reasonDetail === undefined ? state : ""}`);
}

/** The first resource that failed of its own; those after it are only cancelled because of it. */
async function firstFailure({ parts }: Run, book: FactBook): Promise<{ logicalId: string; reason: string } | null> {
  const events = await listEvents(parts, book);
  const failed = events.find(({ status, reason }) => status.endsWith("_FAILED") && !/cancelled/i.test(reason ?? ""));
  return failed === undefined ? null : { logicalId: failed.logicalId, reason: failed.reason ?? failed.status };
}
