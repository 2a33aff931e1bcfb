import { claimDeployment } from "@branchline/core/deployments/claim";
import { finishDeployment, type Verdict } from "@branchline/core/deployments/finish";
import { recordStack } from "@branchline/core/deployments/record-stack";
import { getWork, type Work } from "@branchline/core/deployments/work";
import { ctxOf, type Parts } from "../parts.ts";
import { installPhase, testPhase } from "../run/build-phases.ts";
import { checkoutPhase } from "../run/checkout-phase.ts";
import { deployPhase } from "../run/deploy-phase.ts";
import { failureOf, ourFault } from "../run/failure.ts";
import { type Heart, startHeart } from "../run/heart.ts";
import { openRun } from "../run/open-run.ts";
import { type OpenParameters, openParameters } from "../run/parameters.ts";
import type { Run } from "../run/run.ts";
import { checkProfile } from "../run/session.ts";
import { Stopped } from "../run/stopped.ts";

/** Station 6: claims the deployment and walks it to its verdict. Nothing happens when another worker has it. */
export async function deploymentRun(parts: Parts, { deploymentId }: { deploymentId: string }): Promise<void> {
  const claim = await claimDeployment(parts.db, deploymentId, parts.now());
  if (claim === null) return;
  const heart = startHeart(parts, claim);
  try {
    const work = await getWork(parts.db, claim);
    await parts.doorbell.ring([{ name: "deployment.report", payload: { deploymentId } }]);
    const verdict = await runToVerdict(parts, work, heart).catch((error: unknown) => ourFault(parts, claim, error));
    await finishDeployment(ctxOf(parts, work.organizationId), claim, verdict);
  } finally {
    heart.stop();
  }
  await parts.tail.publish(deploymentId, "status");
}

async function runToVerdict(parts: Parts, work: Work, heart: Heart): Promise<Verdict> {
  const parameters = await openParameters(parts, work).catch(whyStopped);
  const { run, close } = await openRun(parts, work, heart, parameters instanceof Stopped ? null : parameters);
  try {
    return await walk(run, parameters).catch((error: unknown) => failureOf(run, error));
  } finally {
    await close();
  }
}

async function walk(run: Run, parameters: OpenParameters | Stopped): Promise<Verdict> {
  if (parameters instanceof Stopped) throw parameters;
  const accountId = await checkProfile(run.parts, run.work);
  await recordStack(run.parts.db, run.work, { accountId });
  const plan = await checkoutPhase(run);
  await installPhase(run, plan);
  await testPhase(run, plan);
  return deployPhase(run, plan);
}

/** A log must be open before a failure can be told. */
function whyStopped(error: unknown): Stopped {
  return error instanceof Stopped ? error : new Stopped("internal");
}
