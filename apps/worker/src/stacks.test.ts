import { listQueued } from "@branchline/core/deployments/queries";
import { redeployDeployment } from "@branchline/core/deployments/redeploy";
import { accounts } from "@branchline/testing/aws-accounts";
import { type Stacks, stacksOf, waitCondition } from "@branchline/testing/aws-stacks";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EndedDeployment, endedDeployment } from "./testing/deployments.ts";
import { type Scene, startScene } from "./testing/scene.ts";
import { parked, stepMs, type Waiting, waitingRepository, waits } from "./testing/waiting.ts";

let scene: Scene;
/** Begins to hang before the others, since its limit takes its time. */
let hanging: Waiting & { number: number };
beforeAll(async () => {
  const environment = { WORKER_CONCURRENCY: "3", DEPLOY_PHASE_LIMIT_MS: "40000" };
  scene = await startScene(async () => ({ workerEnvironment: () => environment }));
  const waiting = await waitingRepository(scene, "hanging");
  hanging = { ...waiting, number: await waiting.deploy({ waits: ["Gate"] }) };
}, 180_000);
afterAll(() => scene?.stop());

/** A service that is deployed. */
async function deployed(name: string): Promise<Waiting & { first: EndedDeployment }> {
  const waiting = await waitingRepository(scene, name);
  return { ...waiting, first: await succeeds(await waiting.deploy({})) };
}

async function succeeds(number: number): Promise<EndedDeployment> {
  const deployment = await endedDeployment(scene, number);
  expect(deployment.status, deployment.log).toBe("succeeded");
  return deployment;
}

const settled = (stack: Stacks, wanted: string) =>
  until(`the stack is ${wanted}`, stepMs, async () => ((await stack.status()) === wanted ? true : null));

test("a stack that somebody else changes is waited for without a worker, and then deployed", async () => {
  const { deploy, stack } = await deployed("busy");
  await stack.add({ ByHand: waitCondition });
  const number = await deploy({ waits: ["Gate"] });
  expect(await parked(scene, number)).toMatch(/^The stack busy-staging is UPDATE_IN_PROGRESS\./);
  await stack.signal("ByHand", "SUCCESS");
  await waits(scene, number, "Gate");
  await stack.signal("Gate", "SUCCESS");
  await succeeds(number);
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
  const { log } = await succeeds(again.number);
  expect(log).toContain("Delete the stack blocked-staging, which is ROLLBACK_COMPLETE.");
}, 240_000);

test("fault 38: the same commit once more succeeds, says that nothing had changed, and changes nothing", async () => {
  const { first, stack } = await deployed("unchanged");
  const updates = await stack.updates();
  const again = await redeployDeployment(scene.ctx, { deploymentId: first.deploymentId });
  expect(await succeeds(again.number)).toMatchObject({ reason: "no_changes", commitSha: first.commitSha });
  expect(await stack.updates()).toBe(updates);
}, 120_000);

test("fault 37: a change that hangs in CloudFormation leaves its worker at the time limit, keeps its stack, and is followed to its end", async () => {
  const { number, deploy, stack } = hanging;
  expect(await parked(scene, number)).toBe("CloudFormation is changing the stack (UPDATE_IN_PROGRESS).");
  const next = await deploy({ waits: ["Gate"] });
  const queued = await listQueued(scene.ctx);
  expect(queued.find((row) => row.number === next)?.wait.sentence).toContain(`Waits for #${number}`);
  await stack.signal("Gate", "SUCCESS");
  const { log } = await succeeds(number);
  expect(log).toContain("A time limit ended the command. What CloudFormation has begun is followed to its end.");
  await succeeds(next);
}, 240_000);
