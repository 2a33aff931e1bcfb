import { cancelDeployment } from "@branchline/core/deployments/cancel";
import { getDeployment } from "@branchline/core/deployments/queries";
import { redeployDeployment } from "@branchline/core/deployments/redeploy";
import { accounts } from "@branchline/testing/aws-accounts";
import { type Stacks, stacksOf, waitCondition } from "@branchline/testing/aws-stacks";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deploymentsOf, endedDeployment, readLog } from "./testing/deployments.ts";
import { type Scene, startScene } from "./testing/scene.ts";
import { parked, stepMs, type Waiting, waitingRepository, waits } from "./testing/waiting.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
}, 180_000);
afterAll(() => scene?.stop());

/** A service that is deployed. */
async function deployed(name: string): Promise<Waiting> {
  const waiting = await waitingRepository(scene, name);
  const { deployments } = await deploymentsOf(scene, await waiting.push({}));
  expect(deployments[0]?.status, deployments[0]?.log).toBe("succeeded");
  return waiting;
}

const settled = (stack: Stacks, wanted: string) =>
  until(`the stack is ${wanted}`, stepMs, async () => ((await stack.status()) === wanted ? true : null));

test("a cancelled update is rolled back by CloudFormation, and ends as cancelled when that is over", async () => {
  const { deploy, stack } = await deployed("cancelled");
  const number = await deploy({ waits: ["Gate", "Second"] });
  await waits(scene, number, "Gate");
  const { deploymentId } = await getDeployment(scene.ctx, number);
  await cancelDeployment(scene.ctx, { deploymentId });
  await until("CloudFormation is asked to cancel", stepMs, async () => {
    const log = await readLog(scene, deploymentId);
    return log.includes("Cancel the update of the stack cancelled-staging") ? true : null;
  });
  // The emulator looks at a cancellation between two resources.
  await stack.signal("Gate", "SUCCESS");
  const deployment = await endedDeployment(scene, number);
  expect(deployment, deployment.log).toMatchObject({
    status: "cancelled",
    reason: "cancelled_by_person",
    stackStatus: "UPDATE_ROLLBACK_COMPLETE",
  });
  expect(await stack.status()).toBe("UPDATE_ROLLBACK_COMPLETE");
}, 120_000);

test("a stack that somebody else changes is waited for without a worker, and then deployed", async () => {
  const { deploy, stack } = await deployed("busy");
  await stack.add({ ByHand: waitCondition });
  const number = await deploy({ waits: ["Gate"] });
  expect(await parked(scene, number)).toMatch(/^The stack busy-staging is UPDATE_IN_PROGRESS\./);
  await stack.signal("ByHand", "SUCCESS");
  await waits(scene, number, "Gate");
  await stack.signal("Gate", "SUCCESS");
  const deployment = await endedDeployment(scene, number);
  expect(deployment.status, deployment.log).toBe("succeeded");
}, 240_000);

test("fault 35: a first creation that failed blocks a deployment with its state's name, and is deleted when somebody wants that", async () => {
  const stack = await stacksOf(scene.world.aws, accounts.staging, "blocked-staging");
  await stack.create({ Fails: waitCondition });
  await settled(stack, "CREATE_IN_PROGRESS");
  await stack.signal("Fails", "FAILURE");
  await settled(stack, "ROLLBACK_COMPLETE");
  const { deploy } = await waitingRepository(scene, "blocked");
  const blocked = await endedDeployment(scene, await deploy({}));
  expect(blocked, blocked.log).toMatchObject({
    status: "failed",
    reason: "stack_blocked",
    stackStatus: "ROLLBACK_COMPLETE",
  });
  expect(blocked.reasonDetail).toContain("The stack blocked-staging is ROLLBACK_COMPLETE.");
  const { deploymentId } = blocked;
  const again = await redeployDeployment(scene.ctx, { deploymentId, repair: "delete" });
  const deployment = await endedDeployment(scene, again.number);
  expect(deployment, deployment.log).toMatchObject({ status: "succeeded" });
  expect(deployment.log).toContain("Delete the stack blocked-staging, which is ROLLBACK_COMPLETE.");
}, 240_000);
