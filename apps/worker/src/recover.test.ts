import type { DeploymentView } from "@branchline/core/deployments/queries";
import { newNap, sleepers } from "@branchline/testing/sleepers";
import { settled } from "@branchline/testing/stuck-rollback";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endedDeployment, readLog } from "./testing/deployments.ts";
import { type Scene, startScene } from "./testing/scene.ts";
import { inPhase, stepMs, type Waiting, waitingRepository, waits } from "./testing/waiting.ts";
import type { WaitingService } from "./testing/waiting-service.ts";

type Interrupted = Waiting & { number: number };
let scene: Scene;
let testing: Interrupted;
let crashing: Interrupted;
let updating: Interrupted;
let updated: Interrupted;
let failing: Interrupted;
let creating: Interrupted;
const nap = newNap();
/** How long a creation is prepared and not asked for: until its sleeper is woken. */
const preparingNap = newNap();

async function started(name: string, wishes: WaitingService): Promise<Interrupted> {
  const waiting = await waitingRepository(scene, name);
  return { ...waiting, number: await waiting.deploy(wishes) };
}

/** A lease takes its nine seconds to run out, so one worker is killed for all of them, with each at another station. */
beforeAll(async () => {
  scene = await startScene(async () => ({ workerEnvironment: () => ({ WORKER_CONCURRENCY: "6" }) }));
  [creating, crashing, updating, updated, failing] = await Promise.all([
    started("creating", { creating: `sleep ${preparingNap} || true` }),
    started("crashing", { test: `sleep ${nap}` }),
    started("updating", { waits: ["Gate"] }),
    started("updated", { waits: ["Gate"] }),
    started("failing", { waits: ["Gate"] }),
  ]);
  await Promise.all([updating, updated, failing].map(({ number }) => waits(scene, number, "Gate")));
  await settled(creating.stack, "REVIEW_IN_PROGRESS");
  await inPhase(scene, crashing.number, "test");
  // A tree that is not wiped fails the second attempt.
  testing = await started("testing", { test: "test ! -e left && touch left && sleep 3" });
  await inPhase(scene, testing.number, "test");
  const replaced = scene.machines.replaceWorker();
  // CloudFormation comes to its end while no worker lives.
  await Promise.all([updated.stack.signal("Gate", "SUCCESS"), failing.stack.signal("Gate", "FAILURE"), replaced]);
}, 240_000);
afterAll(() => scene?.stop());

const attemptsOf = ({ phases }: DeploymentView) =>
  [...Map.groupBy(phases, ({ epoch }) => epoch).values()].map((attempt) =>
    attempt.map(({ name, status }) => `${name} ${status}`),
  );

test("fault 1: a worker that is killed before AWS was touched leaves no process; another one starts again on a clean tree, and both attempts are kept", async () => {
  expect(await sleepers(nap)).toEqual([]);
  const deployment = await endedDeployment(scene, testing.number);
  expect(deployment.status, deployment.log).toBe("succeeded");
  expect(attemptsOf(deployment)).toEqual([
    ["checkout succeeded", "install succeeded", "test failed"],
    ["checkout succeeded", "install succeeded", "test succeeded", "package succeeded", "deploy succeeded"],
  ]);
  expect(await testing.stack.updates()).toBe(1);
}, 120_000);

test("fault 2: a worker that is killed while CloudFormation works is followed to the stack's end, and nothing is deployed twice", async () => {
  const { number, stack } = updating;
  const { id } = await scene.ctx.db.deployment.findFirstOrThrow({ where: { number } });
  await until("another worker follows the stack", stepMs, async () => {
    return (await readLog(scene, id)).includes("Another worker goes on, and follows the stack updating-staging.")
      ? true
      : null;
  });
  await stack.signal("Gate", "SUCCESS");
  const deployment = await endedDeployment(scene, number);
  expect(deployment, deployment.log).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
  const value = "updating-staging-hello";
  expect(deployment.outputs).toContainEqual({ kind: "function", key: "hello", value, bytes: expect.any(Number) });
  expect(await stack.updates()).toBe(1);
}, 120_000);

test("faults 2 and 3: what CloudFormation finished after its worker was killed is recorded once, as what it is", async () => {
  const done = await endedDeployment(scene, updated.number);
  expect(done, done.log).toMatchObject({ status: "succeeded", reason: null, stackStatus: "UPDATE_COMPLETE" });
  const undone = await endedDeployment(scene, failing.number);
  expect(undone, undone.log).toMatchObject({
    status: "failed",
    reason: "stack_failed",
    stackStatus: "UPDATE_ROLLBACK_COMPLETE",
    reasonDetail: expect.stringContaining("Resource `Gate` failed"),
  });
  expect([await updated.stack.updates(), await failing.stack.updates()]).toEqual([1, 1]);
}, 120_000);

test("fault 2: a worker that is killed when the creation of a stack was prepared, and not asked for, leaves nothing that keeps another from deploying", async () => {
  const [sleeper] = await until("another has prepared it as well", stepMs, async () => {
    const found = await sleepers(preparingNap);
    return found.length === 0 ? null : found;
  });
  process.kill(sleeper?.pid ?? Number.NaN);
  const deployment = await endedDeployment(scene, creating.number);
  expect(deployment, deployment.log).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
  expect(deployment.log).toContain("Delete the stack creating-staging, whose creation was prepared");
}, 120_000);

test("fault 57: a build that takes every worker down is started twice, and then fails with that reason", async () => {
  await inPhase(scene, crashing.number, "test", 1);
  await scene.machines.replaceWorker();
  const deployment = await endedDeployment(scene, crashing.number);
  expect(deployment, deployment.log).toMatchObject({ status: "failed", reason: "worker_lost", stackName: null });
  expect(attemptsOf(deployment)).toEqual(Array(2).fill(["checkout succeeded", "install succeeded", "test failed"]));
  expect(await sleepers(nap)).toEqual([]);
}, 120_000);
