import type { Stack } from "@branchline/aws";
import type { Verdict } from "@branchline/core/deployments/finish";
import { hasBegun } from "@branchline/core/deployments/queries";
import { explain } from "@branchline/core/deployments/reasons";
import { type Evidence, verdictOf } from "@branchline/core/deployments/verdict";
import type { StepExit } from "@branchline/runner";
import { assertSucceeded } from "./build-phases.ts";
import type { FactBook } from "./fact-book.ts";
import { isCancelAsked, type StopReason } from "./heart.ts";
import { deployLimits } from "./limits.ts";
import { outputsOf } from "./outputs.ts";
import { endPhaseWith, type Run } from "./run.ts";
import { type Patience, settledStack, watchMs } from "./settle.ts";
import { listEvents } from "./stack.ts";
import { evidenceOf } from "./stack-evidence.ts";

/** A CLI that was killed may have asked for a change that the stack does not show yet. */
const afterKillMs = 5_000;

/** What became of it: before AWS was touched the CLI says so, after it the stack does. */
export async function conclude(run: Run, book: FactBook, exit: StepExit, firstLine: number): Promise<Verdict> {
  await run.log.nextLine();
  const failureLine = run.log.failureLine(firstLine);
  const obstacle = book.obstacle();
  if (obstacle !== null) throw obstacle;
  const limits = deployLimits(run.parts.env);
  const reason = book.isPackaged() ? "deploy_failed" : "package_failed";
  if (book.mutation() === null) assertSucceeded(run, exit, { reason, limits, failureLine });
  const stack = await settledStack(run, book, await patienceAfter(run, exit));
  const exitCode = exit.kind === "exited" ? exit.code : null;
  return judge(run, book, stack, await evidenceFrom(run, book, stack, { exitCode, failureLine }));
}

/** A limit frees the worker of a CLI that waits for CloudFormation, and not the stack of its change. */
async function patienceAfter({ log, signal }: Run, exit: StepExit): Promise<Patience> {
  if (exit.kind === "exited") return { quietMs: 0, watchMs };
  const isDetached = exit.kind === "timed_out" || signal.reason === ("out_of_time" satisfies StopReason);
  if (isDetached)
    await log.say("A time limit ended the command. What CloudFormation has begun is followed to its end.");
  return { quietMs: afterKillMs, watchMs: isDetached ? afterKillMs : watchMs };
}

/** All that the verdict is made of. */
export async function evidenceFrom(
  run: Run,
  book: FactBook,
  stack: Stack | null,
  cli: Pick<Evidence, "exitCode" | "failureLine">,
): Promise<Evidence> {
  return {
    ...cli,
    deploymentId: run.work.deploymentId,
    changedBefore: book.mutation()?.stackChangedBefore ?? null,
    after: evidenceOf(stack),
    isBegun: await hasBegun(run.parts.db, run.work.deploymentId),
    isCancelAsked: isCancelAsked(run.signal),
    firstFailure: await firstFailure(run, book),
  };
}

/** The verdict, told in the log and in the phase. */
export async function judge(run: Run, book: FactBook, stack: Stack | null, evidence: Evidence): Promise<Verdict> {
  const verdict = verdictOf(evidence);
  await sayVerdict(run, verdict);
  const status = verdict.status === "succeeded" ? "succeeded" : "failed";
  await endPhaseWith(run, run.phase, status, verdict.facts.reasonDetail ?? null);
  return { ...verdict, outputs: status === "succeeded" ? outputsOf(book, stack) : [] };
}

async function sayVerdict({ log, work }: Run, { status, facts }: Pick<Verdict, "status" | "facts">): Promise<void> {
  const { reason, reasonDetail, stackStatus } = facts;
  const why = reason === undefined ? "" : ` ${reasonDetail ?? explain(reason).sentence}`;
  const state = stackStatus === undefined ? "" : ` The stack is ${stackStatus}.`;
  if (status === "succeeded") await log.say(`Deployed ${work.service} to ${work.stage}.${state}${why}`);
  else if (status === "cancelled") await log.say(`${why.trim()}${state}`);
  else await log.say(`Failed:${why}${reasonDetail === undefined ? state : ""}`);
}

/** The first resource that failed of its own; those after it are only cancelled because of it. */
async function firstFailure({ parts }: Run, book: FactBook): Promise<{ logicalId: string; reason: string } | null> {
  const events = await listEvents(parts, book);
  const failed = events.find(({ status, reason }) => status.endsWith("_FAILED") && !/cancelled/i.test(reason ?? ""));
  return failed === undefined ? null : { logicalId: failed.logicalId, reason: failed.reason ?? failed.status };
}
