import type { AwsCredentials, Stack } from "@branchline/aws";
import { type Claim, claimDeployment } from "@branchline/core/deployments/claim";
import type { Verdict } from "@branchline/core/deployments/finish";
import { takeOverDeployment } from "@branchline/core/deployments/take-over";
import { getWork, type Work } from "@branchline/core/deployments/work";
import { readStackName } from "@branchline/core/repositories/serverless-file";
import type { BuildPlan } from "@branchline/runner";
import type { Parts } from "../parts.ts";
import { installPhase, testPhase } from "../run/build-phases.ts";
import { checkoutPhase } from "../run/checkout-phase.ts";
import { deployPhase } from "../run/deploy-phase.ts";
import { type Ending, endingOf, lostWorkersMax, ourFault, settle } from "../run/ending.ts";
import { type Heart, startHeart } from "../run/heart.ts";
import { stoppedBy } from "../run/limits.ts";
import { openRun, openRunLog } from "../run/open-run.ts";
import { outlast } from "../run/outlast.ts";
import { noParameters, type OpenParameters, openParameters } from "../run/parameters.ts";
import { Parked } from "../run/parked.ts";
import { lookAtStack, preflight } from "../run/preflight.ts";
import { reconcile } from "../run/reconcile.ts";
import { openRecord, type RunRecord } from "../run/record.ts";
import type { Run } from "../run/run.ts";
import { assertAllowed, checkAccount, openSession } from "../run/session.ts";
import { Stopped } from "../run/stopped.ts";

/**
 * Station 6: claims the deployment, or goes on with one that was parked, and walks it to its verdict. Nothing happens when
 * another worker has it.
 */
export async function deploymentRun(parts: Parts, { deploymentId }: { deploymentId: string }): Promise<void> {
  const claim = (await begin(parts, deploymentId)) ?? (await takeOverDeployment(parts.db, deploymentId, parts.now()));
  if (claim !== null) await runClaimed(parts, claim);
}

/** Not on a disk that is nearly full: another worker has room, or this one will. */
async function begin({ db, env, log, limits, machine, now }: Parts, deploymentId: string): Promise<Claim | null> {
  if (await machine.disk.hasRoom(env.WORKER_DIR)) return claimDeployment(db, deploymentId, now(), limits);
  log.warn({ deploymentId }, "the disk is nearly full, so no deployment begins here");
  return null;
}

export async function runClaimed(parts: Parts, claim: Claim): Promise<void> {
  const { deploymentId } = claim;
  const ending = await held(parts, claim);
  await parts.tail.publish(deploymentId, "status");
  if (ending instanceof Parked && ending.forMs === 0) await deploymentRun(parts, { deploymentId });
}

/** Runs while the heart beats. */
async function held(parts: Parts, claim: Claim): Promise<Ending> {
  const heart = startHeart(parts, claim);
  const record = openRecord(parts, claim, heart.gone);
  try {
    const ending = await begun(parts, claim, heart, record).catch((error: unknown): Ending => {
      if (heart.gone.aborted) return "given_up";
      throw error;
    });
    await settle(record, ending);
    return ending;
  } finally {
    heart.stop();
  }
}

async function begun(parts: Parts, claim: Claim, heart: Heart, record: RunRecord): Promise<Ending> {
  const work = await outlast(heart.gone, () => getWork(parts.db, claim));
  if (work.isCancelAsked) heart.askCancel();
  await parts.doorbell.ring([{ name: "deployment.report", payload: { deploymentId: claim.deploymentId } }]);
  return runToEnding(parts, work, heart, record).catch((error: unknown) => {
    if (heart.gone.aborted) throw error;
    return ourFault({ parts, work, record }, error);
  });
}

async function runToEnding(parts: Parts, work: Work, heart: Heart, record: RunRecord): Promise<Ending> {
  const opened = await openParameters(parts, work, record).catch(stoppedOnly);
  const log = openRunLog(parts, work, heart, record);
  const session = openSession({ parts, work, log });
  // AWS is asked while the workspace is made. Once it was touched, there is only a stack to follow.
  const entering = work.mutation === null ? enter({ parts, work, log, session, signal: heart.signal }, opened) : null;
  entering?.catch(() => undefined);
  const parameters = opened instanceof Stopped ? noParameters : opened;
  const { run, close } = await openRun({ parts, work, heart, record, log, session, parameters });
  try {
    return await walk(run, entering).catch((error: unknown) => endingOf(run, error));
  } finally {
    await close();
  }
}

/** @throws Stopped before AWS is asked for anything, unless all allows it */
async function enter(
  { parts, work, log, session, signal }: Pick<Run, "parts" | "work" | "log" | "session" | "signal">,
  parameters: OpenParameters | Stopped,
): Promise<AwsCredentials> {
  if (parameters instanceof Stopped) throw parameters;
  if (signal.aborted) throw stoppedBy(signal.reason, parts.env);
  if (work.lostWorkers >= lostWorkersMax) throw new Stopped("worker_lost");
  assertAllowed(work);
  if (work.isTakenOver) await log.say("Another worker goes on, and starts from the beginning.");
  return session.whole();
}

async function walk(run: Run, entering: Promise<AwsCredentials> | null): Promise<Verdict> {
  if (entering === null) return reconcile(run);
  const credentials = await entering;
  const stack = await checkAws(run, credentials);
  const plan = await checkoutPhase(run);
  await preflight(run, { credentials, stack, stackName: stackNameOf(run, plan) });
  await installPhase(run, plan);
  await testPhase(run, plan);
  return deployPhase(run, plan);
}

/** The account and the stack, before anything runs that could touch them. */
async function checkAws(run: Run, credentials: AwsCredentials): Promise<Stack | null> {
  // Looked at meanwhile; what it says counts once the account is right.
  const looking = lookAtStack(run, credentials);
  looking.catch(() => undefined);
  await checkAccount(run, credentials);
  const stack = await looking;
  await preflight(run, { credentials, stack, stackName: run.work.stackName });
  return stack;
}

/** As the commit's file names it: a service may have been renamed to get away from the stack that was deployed last. */
function stackNameOf({ work }: Run, { config }: BuildPlan): string | null {
  return config === null ? null : readStackName(config.file, config.text, work.stage);
}

/** A log must be open before a failure can be told. */
function stoppedOnly(error: unknown): Stopped {
  if (error instanceof Stopped) return error;
  throw error;
}
