import { cancelDeployment } from "@branchline/core/deployments/cancel";
import { leaseMs } from "@branchline/core/deployments/lease";
import { listQueued } from "@branchline/core/deployments/list-queued";
import { getDeployment } from "@branchline/core/deployments/queries";
import { redeployDeployment } from "@branchline/core/deployments/redeploy";
import { repairOf } from "@branchline/core/deployments/stack-repair";
import { accounts, forbidAction } from "@branchline/testing/aws-accounts";
import { skewed, throttling } from "@branchline/testing/aws-gate";
import { stacksOf, waitCondition } from "@branchline/testing/aws-stacks";
import { shiftedClock } from "@branchline/testing/shifted-clock";
import { settled, stickRollback } from "@branchline/testing/stuck-rollback";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EndedDeployment, endedDeployment, readLog } from "./testing/deployments.ts";
import { type GatedScene, startGatedScene } from "./testing/gated.ts";
import { leaseLeftMs } from "./testing/lease.ts";
import { parked, stepMs, type Waiting, waitingRepository, waits } from "./testing/waiting.ts";

/** How far the clock is off of the worker that starts next. */
let clockOffMs = 0;
let scene: GatedScene;
/** They begin to hang before the others, since their limit takes its time. */
let hanging: Waiting & { number: number };
let undone: Waiting & { number: number };
beforeAll(async () => {
  const environment = { WORKER_CONCURRENCY: "5", DEPLOY_PHASE_LIMIT_MS: "60000", STACK_PATIENCE_MS: "5000" };
  scene = await startGatedScene(() => ({ ...environment, ...shiftedClock(clockOffMs) }));
  [hanging, undone] = await Promise.all([hangs("hanging", "Gate"), hangs("undone", "Gate", "Second")]);
});
afterAll(() => scene?.stop());

async function hangs(name: string, ...waits: string[]): Promise<typeof hanging> {
  const waiting = await waitingRepository(scene, name);
  return { ...waiting, number: await waiting.deploy({ waits }) };
}

const topic = { Type: "AWS::SNS::Topic" };
/** The commit's file had to be read, and nothing of it ran. */
const onlyRead = [{ name: "checkout", status: "succeeded" }];

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

test.concurrent("fault 34: a stack that somebody else changes is waited for without a worker, and then deployed, or given up with its state as the reason", async () => {
  const { deploy, stack } = await deployed("busy");
  const updates = await stack.updates();
  await stack.add({ ByHand: waitCondition });
  const busy = "The stack busy-staging is UPDATE_IN_PROGRESS. CloudFormation is changing the stack.";
  const hasty = await deploy({ displayName: "hasty" });
  expect(await parked(scene, hasty)).toBe(busy);
  const givenUp = { status: "failed", reason: "stack_busy", reasonDetail: busy };
  expect(await endedDeployment(scene, hasty)).toMatchObject({ ...givenUp, phases: onlyRead });
  expect(await stack.updates()).toBe(updates + 1);
  const patient = await deploy({ displayName: "patient" });
  expect(await parked(scene, patient)).toBe(busy);
  await stack.signal("ByHand", "SUCCESS");
  await succeeds(patient);
});

test.concurrent("fault 35: a first creation that failed blocks a deployment with its state's name, and is deleted when somebody wants that, also when AWS throttles first", async () => {
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
  scene.gate.refuseWith((form) => (String(form).includes("blocked") ? throttling : null));
  const again = await redeployDeployment(scene.ctx, { deploymentId, repair: "delete" });
  expect(await parked(scene, again.number)).toContain("Rate exceeded");
  scene.gate.refuseWith(() => null);
  const { log } = await succeeds(again.number);
  expect(log).toContain("Delete the stack blocked-staging, which is ROLLBACK_COMPLETE.");
  // It had waited already, for AWS.
  expect(log).toContain("The stack blocked-staging is being repaired. It goes on when that is over.");
  expect(log.match(/Rate exceeded/g)).toHaveLength(1);
});

test.concurrent("fault 35: a change set that nobody executed blocks a deployment when it was to create the stack, which is deleted when somebody wants that; one of a stack that is there is passed by", async () => {
  const { deploy, stack } = await waitingRepository(scene, "prepared");
  await stack.leaveChangeSet("prepared-staging-change-set", { ByHand: topic });
  const blocked = { status: "failed", reason: "stack_blocked", stackStatus: "REVIEW_IN_PROGRESS" };
  const first = await endedDeployment(scene, await deploy({}));
  expect(first, first.log).toMatchObject(blocked);
  expect(first.reasonDetail).toContain("The stack prepared-staging is REVIEW_IN_PROGRESS.");
  expect(repairOf(first.stackStatus)).toBe("delete");
  // Its name is known by now, so the next one is stopped before anything runs.
  const second = await endedDeployment(scene, await deploy({ displayName: "second" }));
  expect(second, second.log).toMatchObject({ ...blocked, phases: onlyRead });
  const repaired = await redeployDeployment(scene.ctx, { deploymentId: second.deploymentId, repair: "delete" });
  const { log } = await succeeds(repaired.number);
  expect(log).toContain("Delete the stack prepared-staging, which is REVIEW_IN_PROGRESS.");

  // One by the name that the CLI gives its own, and one by a person's.
  await stack.leaveChangeSet("prepared-staging-change-set", { ByHand: topic });
  await stack.leaveChangeSet("by-hand", { ByHand: topic });
  const updates = await stack.updates();
  await succeeds(await deploy({ displayName: "third" }));
  expect([await stack.updates(), await stack.hasCome("ByHand")]).toEqual([updates + 1, false]);
});

test.concurrent("fault 35: a service that is renamed gets away from the stack that blocked it", async () => {
  const { deploy, stack } = await waitingRepository(scene, "renamed");
  await stack.leaveChangeSet("renamed-staging-change-set", { ByHand: topic });
  const first = await endedDeployment(scene, await deploy({}));
  expect(first, first.log).toMatchObject({ reason: "stack_blocked", stackName: "renamed-staging" });
  expect(await succeeds(await deploy({ service: "moved" }))).toMatchObject({ stackName: "moved-staging" });
});

test.concurrent("fault 36: a rollback that failed blocks a deployment with its state's name and what stands in its way, and is continued without that when somebody wants it", async () => {
  const { deploy, stack } = await deployed("stuck");
  await stickRollback(scene.world.aws, stack, { role: "operator", logicalIds: ["Operate"] });

  const stuck = { stackStatus: "UPDATE_ROLLBACK_FAILED", stackStuck: ["Operate"] };
  const blocked = { status: "failed", reason: "stack_blocked", ...stuck };
  const first = await endedDeployment(scene, await deploy({ displayName: "second" }));
  expect(first, first.log).toMatchObject({ ...blocked, phases: onlyRead });
  expect(first.reasonDetail).toContain("The stack stuck-staging is UPDATE_ROLLBACK_FAILED.");
  const repair = { deploymentId: first.deploymentId, repair: "continue_rollback" } as const;
  const inVain = await redeployDeployment(scene.ctx, repair);
  expect(await endedDeployment(scene, inVain.number)).toMatchObject({ ...blocked, phases: [] });
  const skipping = await redeployDeployment(scene.ctx, { ...repair, repairSkips: first.stackStuck });
  const { log } = await succeeds(skipping.number);
  expect(log).toContain("Continue the rollback of the stack stuck-staging, without Operate.");
});

test.concurrent("fault 38: the same commit once more succeeds, says that nothing had changed, and changes nothing; an earlier one brings back what it had", async () => {
  const { first, deploy, stack } = await deployed("unchanged");
  const updates = await stack.updates();
  const again = await redeployDeployment(scene.ctx, { deploymentId: first.deploymentId });
  expect(await succeeds(again.number)).toMatchObject({ reason: "no_changes", commitSha: first.commitSha });
  expect(await stack.updates()).toBe(updates);
  await succeeds(await deploy({ displayName: "later" }));
  const back = await redeployDeployment(scene.ctx, { deploymentId: first.deploymentId });
  const { commitSha, resourceChanges } = await succeeds(back.number);
  expect(commitSha).toBe(first.commitSha);
  expect(resourceChanges.map(({ logicalId }) => logicalId)).toContain("Topic");
  expect(await stack.updates()).toBe(updates + 2);
});

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
});

test("fault 54: a change that hangs, and whose cancellation CloudFormation is asked for, holds no worker, is undone once, and ends as cancelled", async () => {
  const { number, stack } = undone;
  const epochAfter = (epoch: number) =>
    until("another worker looks", stepMs, async () => {
      const row = await scene.ctx.db.deployment.findFirstOrThrow({ where: { number } });
      return row.epoch > epoch && row.parkedBecause !== null ? row.epoch : null;
    });
  await parked(scene, number);
  const { deploymentId } = await getDeployment(scene.ctx, number);
  await cancelDeployment(scene.ctx, { deploymentId, deletesStack: false });
  const { epoch } = await scene.ctx.db.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  await epochAfter(await epochAfter(epoch));
  // The emulator looks at a cancellation between two resources.
  await stack.signal("Gate", "SUCCESS");
  const ended = await endedDeployment(scene, number);
  expect(ended, ended.log).toMatchObject({ status: "cancelled", stackStatus: "UPDATE_ROLLBACK_COMPLETE" });
  expect(ended.log.match(/Cancel the update of the stack/g)).toHaveLength(1);
});

test("fault 50: a worker whose clock is ten minutes off deploys, holds its lease by the database's clock, and misses no event of the stack", async () => {
  const { deploy, stack } = await waitingRepository(scene, "timely");
  let known = 0;
  for (const [gate, minutes] of [["Ahead", 10] as const, ["Behind", -10] as const]) {
    clockOffMs = minutes * 60_000;
    await scene.machines.restartWorker();
    const number = await deploy({ waits: [gate] });
    await waits(scene, number, gate);
    const leftMs = await leaseLeftMs(scene, number);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(leaseMs);
    await stack.signal(gate, "SUCCESS");
    const deployment = await succeeds(number);
    expect(new Set(deployment.phases.map(({ epoch }) => epoch))).toEqual(new Set([1]));
    const happened = await stack.events();
    const told = deployment.stackEvents.map((event) => `${event.logicalId} ${event.status}`);
    expect(told.toSorted()).toEqual(happened.slice(known).toSorted());
    known = happened.length;
    // It is off in what it writes down as well.
    expect(Math.round((Number(deployment.finishedAt) - Date.now()) / 60_000)).toBe(minutes);
  }
});

test("fault 50: AWS that refuses a signature for its time is told of as the worker's clock", async () => {
  const { deploy } = await waitingRepository(scene, "refused");
  scene.gate.refuseWith(() => skewed);
  const refused = await endedDeployment(scene, await deploy({}));
  expect(refused).toMatchObject({ status: "failed", reason: "aws_unavailable" });
  expect(refused.reasonDetail).toMatch(
    /^The worker's clock is off, so AWS refuses what it signs: assume a role: Signature expired/,
  );
});

test("fault 54: what a role may not do is told of as that: an update that can't be undone goes on, and nothing is deployed where nothing may be seen", async () => {
  clockOffMs = 0;
  scene.gate.refuseWith(() => null);
  await scene.machines.restartWorker();
  const { deploy, stack } = await deployed("forbidden");
  const role = { accountId: accounts.staging, name: "branchline-staging" };
  await forbidAction(scene.world.aws, role, "cloudformation:CancelUpdateStack");
  const number = await deploy({ waits: ["Gate"] });
  await waits(scene, number, "Gate");
  const { deploymentId } = await getDeployment(scene.ctx, number);
  await cancelDeployment(scene.ctx, { deploymentId, deletesStack: false });
  const refusal = "CloudFormation refused to undo it: ";
  await until(refusal, stepMs, async () => ((await readLog(scene, deploymentId)).includes(refusal) ? true : null));
  await stack.signal("Gate", "SUCCESS");
  const { log } = await succeeds(number);
  expect(log).not.toContain("CloudFormation rolls it back");
  await forbidAction(scene.world.aws, role, "cloudformation:DescribeStacks");
  const blind = await endedDeployment(scene, await deploy({ displayName: "blind" }));
  expect(blind).toMatchObject({ status: "failed", reason: "permission_missing", phases: [] });
  expect(blind.reasonDetail).toMatch(/^AWS refused: describe the stack forbidden-staging: .*DescribeStacks/);
});
