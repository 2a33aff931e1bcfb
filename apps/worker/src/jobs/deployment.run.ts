import { type Claim, claimDeployment } from "@branchline/core/deployments/claim";
import { finishDeployment, type Verdict } from "@branchline/core/deployments/finish";
import { parkDeployment } from "@branchline/core/deployments/park";
import { recordStack } from "@branchline/core/deployments/record-stack";
import { takeOverDeployment } from "@branchline/core/deployments/take-over";
import { getWork, type Work } from "@branchline/core/deployments/work";
import { ctxOf, type Parts } from "../parts.ts";
import { installPhase, testPhase } from "../run/build-phases.ts";
import { checkoutPhase } from "../run/checkout-phase.ts";
import { deployPhase } from "../run/deploy-phase.ts";
import { failureOf, ourFault } from "../run/failure.ts";
import { type Heart, startHeart } from "../run/heart.ts";
import { openRun } from "../run/open-run.ts";
import { type OpenParameters, openParameters } from "../run/parameters.ts";
import { Parked } from "../run/parked.ts";
import { preflight } from "../run/preflight.ts";
import { reconcile } from "../run/reconcile.ts";
import type { Run } from "../run/run.ts";
import { checkProfile } from "../run/session.ts";
import { Stopped } from "../run/stopped.ts";

/**
 * Station 6: claims the deployment, or goes on with one that was parked, and walks it to its verdict. Nothing happens when
 * another worker has it.
 */
export async function deploymentRun(parts: Parts, { deploymentId }: { deploymentId: string }): Promise<void> {
  const { db } = parts;
  const claim =
    (await claimDeployment(db, deploymentId, parts.now(), parts.limits)) ??
    (await takeOverDeployment(db, deploymentId, parts.now()));
  if (claim !== null) await runClaimed(parts, claim);
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
  try {
    const work = await getWork(parts.db, claim);
    if (work.isCancelAsked) heart.askCancel();
    await parts.doorbell.ring([{ name: "deployment.report", payload: { deploymentId: claim.deploymentId } }]);
    const ending = await runToEnding(parts, work, heart).catch((error: unknown) => ourFault(parts, claim, error));
    if (ending instanceof Parked) {
      await parkDeployment(parts.db, claim, { because: ending.message, forMs: ending.forMs });
    } else await finishDeployment(ctxOf(parts, work.organizationId), claim, ending);
    return ending;
  } finally {
    heart.stop();
  }
}

type Ending = Verdict | Parked;

async function runToEnding(parts: Parts, work: Work, heart: Heart): Promise<Ending> {
  const parameters = await openParameters(parts, work).catch(whyStopped);
  const { run, close } = await openRun(parts, work, heart, parameters instanceof Stopped ? null : parameters);
  try {
    return await walk(run, parameters).catch((error: unknown) => endingOf(run, error));
  } finally {
    await close();
  }
}

async function endingOf(run: Run, error: unknown): Promise<Ending> {
  if (!(error instanceof Parked)) return failureOf(run, error);
  if (run.work.parkedSince === null) await run.log.say(`${error.message} It goes on when that is over.`);
  return error;
}

async function walk(run: Run, parameters: OpenParameters | Stopped): Promise<Verdict> {
  if (run.work.mutation !== null) return reconcile(run);
  if (parameters instanceof Stopped) throw parameters;
  if (run.signal.aborted) throw new Stopped("cancelled_by_person");
  const { lostWorkers, parkedSince } = run.work;
  if (lostWorkers >= lostWorkersMax) throw new Stopped("worker_lost");
  if (lostWorkers > 0 && parkedSince === null) await run.log.say("The worker was lost. Another one starts again.");
  const { accountId, credentials } = await checkProfile(run.parts, run.work);
  await recordStack(run.parts.db, run.work, { accountId });
  await preflight(run, credentials);
  const plan = await checkoutPhase(run);
  await installPhase(run, plan);
  await testPhase(run, plan);
  return deployPhase(run, plan);
}

/** A build that takes its worker down twice does so again. */
const lostWorkersMax = 2;

/** A log must be open before a failure can be told. */
function whyStopped(error: unknown): Stopped {
  return error instanceof Stopped ? error : new Stopped("internal");
}
