import type { Acme } from "@branchline/testing/scene/acme";
import { askEndpoint, endpointsOf } from "@branchline/testing/scene/endpoint";
import type { Merge } from "@branchline/testing/scene/shop";
import { endOfLog, findDeploymentOf, waitForEnd } from "@branchline/testing/scene/watch";
import type { World } from "@branchline/testing/world";
import { step } from "./steps.ts";

const shownLines = 25;

/**
 * Waits for the deployment of a merge, shows the end of its log, and asks the endpoint that it deployed.
 * @returns whether it succeeded and the endpoint answers with what was merged
 */
export async function judgeFirstMerge(world: World, { ctx }: Acme, merge: Merge): Promise<boolean> {
  const queued = await findDeploymentOf(ctx, merge.sha);
  const deployment = await step(`Deployment #${queued.number}`, () => waitForEnd(ctx, queued.number));
  console.log((await endOfLog(ctx, deployment.deploymentId, shownLines)).map((line) => `  │ ${line}`).join("\n"));
  const reason = [deployment.reason, deployment.reasonDetail].filter((part) => part !== null).join(": ");
  console.log(`\nDeployment #${deployment.number} ${deployment.status}${reason === "" ? "" : ` (${reason})`}.`);
  if (deployment.status !== "succeeded") return false;
  const endpoint = endpointsOf(deployment.outputs).find((address) => address.includes("/orders"));
  if (endpoint === undefined) {
    console.log("It has no endpoint for orders among its outputs.");
    return false;
  }
  const answer = await askEndpoint(world.aws, endpoint, world.aws.accounts.staging);
  const isMerged = answer.status === 200 && answer.body.includes(merge.message);
  console.log(`${endpoint} answered ${answer.status}: ${answer.body.slice(0, 200)}`);
  if (!isMerged) console.log(`That is not what was merged: "${merge.message}".`);
  return isMerged;
}
