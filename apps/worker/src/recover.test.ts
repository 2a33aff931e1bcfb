import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { cancelDeployment } from "@branchline/core/deployments/cancel";
import { getDeployment } from "@branchline/core/deployments/queries";
import { redeployDeployment } from "@branchline/core/deployments/redeploy";
import { accounts } from "@branchline/testing/aws-accounts";
import { type Stacks, stacksOf, waitCondition } from "@branchline/testing/aws-stacks";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deploymentsOf, endedDeployment, queuedDeployment, readLog } from "./testing/deployments.ts";
import { type Clone, cloneRepository } from "./testing/repository.ts";
import { enableRepository, type Scene, startScene } from "./testing/scene.ts";
import { inFolder, type WaitingService, waitingService } from "./testing/waiting-service.ts";

const stepMs = 60_000;
let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
}, 180_000);
afterAll(() => scene?.stop());

type Waiting = { clone: Clone; stack: Stacks; push(wishes: WaitingService): Promise<string> };

/** A service of its own repository, deployed once to staging. */
async function deployed(name: string): Promise<Waiting> {
  await inFolder(waitingService(name), (folder) => enableRepository(scene, name, folder));
  const clone = await cloneRepository(scene, name);
  const push = (wishes: WaitingService) => clone.push("develop", waitingService(name, wishes), "Change");
  const { deployments } = await deploymentsOf(scene, await push({}));
  expect(deployments[0]?.status, deployments[0]?.log).toBe("succeeded");
  return { clone, push, stack: await stacksOf(scene.world.aws, accounts.staging, `${name}-staging`) };
}

/** Settles when CloudFormation is at work on a deployment and waits for a signal. */
async function waits(number: number, logicalId: string): Promise<void> {
  await until(`#${number} waits for ${logicalId}`, stepMs, async () => {
    const { stackEvents } = await getDeployment(scene.ctx, number);
    return stackEvents.find((event) => event.logicalId === logicalId) ?? null;
  });
}

async function waitingFor(push: Promise<string>, logicalId: string): Promise<number> {
  const number = await queuedDeployment(scene, await push);
  await waits(number, logicalId);
  return number;
}

/** Settles when the deployment waits without a worker. */
const parked = (number: number) =>
  until(`#${number} is parked`, stepMs, async () => {
    const row = await scene.ctx.db.deployment.findFirst({ where: { number, parkedBecause: { not: null } } });
    return row?.parkedBecause ?? null;
  });

test("a worker that is killed before AWS was touched loses nothing: another one starts again, and both attempts are kept", async () => {
  const { push, stack } = await deployed("killed-early");
  const number = await queuedDeployment(scene, await push({ waits: [], test: `node -e "setTimeout(() => {}, 6000)"` }));
  await until("its tests run", stepMs, async () => {
    const { phases } = await getDeployment(scene.ctx, number);
    return phases.find(({ name }) => name === "test") ?? null;
  });
  await scene.machines.replaceWorker();
  const deployment = await endedDeployment(scene, number);
  expect(deployment.status, deployment.log).toBe("succeeded");
  const attempts = Map.groupBy(deployment.phases, ({ epoch }) => epoch);
  expect([...attempts.values()].map((phases) => phases.map(({ name, status }) => `${name} ${status}`))).toEqual([
    ["checkout succeeded", "install succeeded", "test failed"],
    ["checkout succeeded", "install succeeded", "test succeeded", "package succeeded", "deploy succeeded"],
  ]);
  expect(await stack.updates()).toBe(1);
}, 240_000);

test("a worker that is killed while CloudFormation works is followed to the stack's end, and nothing is deployed twice", async () => {
  const { push, stack } = await deployed("killed-late");
  const before = await stack.updates();
  const number = await waitingFor(push({ waits: ["Gate"] }), "Gate");
  await scene.machines.replaceWorker();
  await stack.signal("Gate", "SUCCESS");
  const deployment = await endedDeployment(scene, number);
  expect(deployment, deployment.log).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
  expect(deployment.outputs).toContainEqual({
    kind: "function",
    key: "hello",
    value: "killed-late-staging-hello",
    bytes: expect.any(Number),
  });
  expect(deployment.log).toContain("Another one follows the stack killed-late-staging.");
  expect(await stack.updates()).toBe(before + 1);
}, 240_000);

test("an update that fails after its worker was killed ends as failed, with CloudFormation's reason", async () => {
  const { push, stack } = await deployed("killed-failing");
  const number = await waitingFor(push({ waits: ["Gate"] }), "Gate");
  await scene.machines.replaceWorker();
  await stack.signal("Gate", "FAILURE");
  const deployment = await endedDeployment(scene, number);
  expect(deployment, deployment.log).toMatchObject({
    status: "failed",
    reason: "stack_failed",
    stackStatus: "UPDATE_ROLLBACK_COMPLETE",
  });
  expect(deployment.reasonDetail).toContain("Resource `Gate` failed");
}, 240_000);

test("a cancelled update is rolled back by CloudFormation, and ends as cancelled when that is over", async () => {
  const { push, stack } = await deployed("cancelled");
  const number = await waitingFor(push({ waits: ["Gate", "Second"] }), "Gate");
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
  const { push, stack } = await deployed("busy");
  await stack.add({ ByHand: waitCondition });
  const number = await queuedDeployment(scene, await push({ waits: ["Gate"] }));
  expect(await parked(number)).toMatch(/^The stack busy-staging is UPDATE_IN_PROGRESS\./);
  await stack.signal("ByHand", "SUCCESS");
  await waits(number, "Gate");
  await stack.signal("Gate", "SUCCESS");
  const deployment = await endedDeployment(scene, number);
  expect(deployment.status, deployment.log).toBe("succeeded");
}, 240_000);

test("a first creation that failed blocks a deployment with its state's name, and is deleted when somebody wants that", async () => {
  const name = "blocked";
  const stack = await stacksOf(scene.world.aws, accounts.staging, `${name}-staging`);
  await stack.create({ Fails: waitCondition });
  await until("the creation waits", stepMs, async () =>
    (await stack.status()) === "CREATE_IN_PROGRESS" ? true : null,
  );
  await stack.signal("Fails", "FAILURE");
  await until("it is undone", stepMs, async () => ((await stack.status()) === "ROLLBACK_COMPLETE" ? true : null));
  await inFolder(waitingService(name), (folder) => enableRepository(scene, name, folder));
  const clone = await cloneRepository(scene, name);
  const { deployments } = await deploymentsOf(scene, await clone.push("develop", {}, "First"));
  const [blocked] = deployments;
  expect(blocked, blocked?.log).toMatchObject({
    status: "failed",
    reason: "stack_blocked",
    stackStatus: "ROLLBACK_COMPLETE",
  });
  expect(blocked?.reasonDetail).toContain("The stack blocked-staging is ROLLBACK_COMPLETE.");
  const deploymentId = blocked?.deploymentId ?? "";
  const again = await redeployDeployment(scene.ctx, { deploymentId, repair: "delete" });
  const deployment = await endedDeployment(scene, again.number);
  expect(deployment, deployment.log).toMatchObject({ status: "succeeded" });
  expect(deployment.log).toContain("Delete the stack blocked-staging, which is ROLLBACK_COMPLETE.");
}, 240_000);

test("a worker that thaws after another one took its deployment over writes nothing more, and its build deploys nothing", async () => {
  const { push, stack } = await deployed("frozen");
  const number = await queuedDeployment(scene, await push({ waits: [], test: `node -e "setTimeout(() => {}, 6000)"` }));
  const { deploymentId } = await until("its tests run", stepMs, async () => {
    const deployment = await getDeployment(scene.ctx, number);
    return deployment.phases.some(({ name }) => name === "test") ? deployment : null;
  });
  const thaw = scene.machines.freezeWorker();
  await scene.machines.addWorker();
  const told = await endedDeployment(scene, number);
  expect(told.status, told.log).toBe("succeeded");
  const updates = await stack.updates();
  thaw();
  await until("the thawed worker gives its build up", stepMs, async () => {
    const builds = await readdir(join(scene.world.environment.worker.WORKER_DIR ?? "", "builds"));
    return builds.includes(deploymentId) ? null : builds;
  });
  // Whatever it still wants to say it has said before it runs another one.
  await scene.machines.removeWorker();
  const { deployments } = await deploymentsOf(scene, await push({}));
  expect(deployments[0]?.status, deployments[0]?.log).toBe("succeeded");
  // How long one typically takes is told anew after each.
  expect(await endedDeployment(scene, number)).toEqual({ ...told, typicalMs: expect.any(Number) });
  expect(await stack.updates()).toBeLessThanOrEqual(updates + 1);
}, 240_000);
