import type { DeploymentView } from "@branchline/core/deployments/queries";
import { newNap, sleepers } from "@branchline/testing/sleepers";
import { settled } from "@branchline/testing/stuck-rollback";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endedDeployment, readLog } from "./testing/deployments.ts";
import { type SceneWithGate, startSceneWithGate } from "./testing/gate.ts";
import { inPhase, stepMs, type Waiting, waitingRepository, waits } from "./testing/waiting.ts";
import type { WaitingService } from "./testing/waiting-service.ts";

type Interrupted = Waiting & { number: number };
let scene: SceneWithGate;
/** Those whose worker is killed before AWS is touched, by their phase then. */
const early = new Map<string, Interrupted>();
/** What was left of them, when another worker was there. */
let survivors: unknown[];
let crashing: Interrupted;
let updating: Interrupted;
let updated: Interrupted;
let failing: Interrupted;
let creating: Interrupted;
let deleted: Interrupted;
const nap = newNap();
/** How long a creation is prepared and not asked for: until its sleeper is woken. */
const preparingNap = newNap();

async function started(name: string, wishes: WaitingService): Promise<Interrupted> {
  const waiting = await waitingRepository(scene, name);
  return { ...waiting, number: await waiting.deploy(wishes) };
}

/** Lasts until the gate opens. A tree that is not wiped fails the second attempt. */
const cleanly = (phase: string) => `test ! -e left && touch left && ${scene.gate.ask(phase)}`;

async function startedIn(phase: "install" | "test", wishes: WaitingService): Promise<void> {
  early.set(phase, await started(phase, wishes));
  await scene.gate.arrived(phase);
}

/** Its commit is asked for, and GitHub answers only whoever asks again. */
async function startedInCheckout(): Promise<void> {
  const waiting = await waitingRepository(scene, "checkout");
  const pathPrefix = "/acme/checkout.git/git-upload-pack";
  const { github } = scene.world;
  const asked = async () => (await github.requests()).filter(({ path }) => path === pathPrefix).length;
  const before = await asked();
  await github.fail({ pathPrefix, status: 503, delayMs: 3_600_000 });
  early.set("checkout", { ...waiting, number: await waiting.deploy({}) });
  await until("the commit is asked for", stepMs, async () => ((await asked()) > before ? true : null));
}

/** A lease takes its nine seconds to run out, so one worker is killed for all of them, with each at another station. */
beforeAll(async () => {
  scene = await startSceneWithGate(async () => () => ({ WORKER_CONCURRENCY: "9" }));
  [creating, crashing, updating, updated, failing, deleted] = await Promise.all([
    started("creating", { creating: `sleep ${preparingNap} || true` }),
    started("crashing", { test: `sleep ${nap}` }),
    started("updating", { waits: ["Gate"] }),
    started("updated", { waits: ["Gate"] }),
    started("failing", { waits: ["Gate"] }),
    started("deleted", { waits: ["Gate"] }),
    startedInCheckout(),
    startedIn("install", { preinstall: cleanly("install") }),
    startedIn("test", { test: cleanly("test") }),
  ]);
  await Promise.all([updating, updated, failing, deleted].map(({ number }) => waits(scene, number, "Gate")));
  await settled(creating.stack, "REVIEW_IN_PROGRESS");
  await inPhase(scene, crashing.number, "test");
  // Nothing is looked at any more, while somebody deletes what has just been deployed.
  scene.machines.freezeWorker();
  await deleted.stack.signal("Gate", "SUCCESS");
  await settled(deleted.stack, "UPDATE_COMPLETE");
  await deleted.stack.delete();
  const replaced = scene.machines.replaceWorker();
  // CloudFormation comes to its end while no worker lives.
  await Promise.all([updated.stack.signal("Gate", "SUCCESS"), failing.stack.signal("Gate", "FAILURE"), replaced]);
  survivors = [...(await sleepers(nap)), ...[...early.keys()].filter((phase) => scene.gate.waiting(phase) > 0)];
  for (const phase of ["install", "test"]) void scene.gate.arrived(phase).then(() => scene.gate.open(phase));
});
afterAll(() => scene?.stop());

const attemptsOf = ({ phases }: DeploymentView) =>
  [...Map.groupBy(phases, ({ epoch }) => epoch).values()].map((attempt) =>
    attempt.map(({ name, status }) => `${name} ${status}`),
  );

test.each([
  ["checkout", ["checkout failed"]],
  ["install", ["checkout succeeded", "install failed"]],
  ["test", ["checkout succeeded", "install succeeded", "test failed"]],
])(
  "fault 1: a worker that is killed before AWS was touched (in the phase %s) leaves no process; another one starts again on a clean tree, and both attempts are kept",
  async (phase, cutOff) => {
    expect(survivors).toEqual([]);
    const { number, stack } = early.get(phase) ?? failing;
    const deployment = await endedDeployment(scene, number);
    expect(deployment.status, deployment.log).toBe("succeeded");
    const tested = phase === "test" ? "test succeeded" : "test skipped";
    const whole = ["checkout succeeded", "install succeeded", tested, "package succeeded", "deploy succeeded"];
    expect(attemptsOf(deployment)).toEqual([cutOff, whole]);
    expect(await stack.updates()).toBe(1);
  },
);

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
});

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
});

test("fault 2: a first deployment whose stack somebody deletes while no worker lives has failed, and does not make it again", async () => {
  const { number, stack } = deleted;
  const deployment = await endedDeployment(scene, number);
  expect(deployment, deployment.log).toMatchObject({ status: "failed", reason: "stack_failed", stackStatus: null });
  expect(deployment.reasonDetail).toBe("Somebody deleted the stack while it was deployed to.");
  expect(await stack.status()).toBeNull();
});

test("fault 2: a worker that is killed when the creation of a stack was prepared, and not asked for, leaves nothing that keeps another from deploying", async () => {
  const [sleeper] = await until("another has prepared it as well", stepMs, async () => {
    const found = await sleepers(preparingNap);
    return found.length === 0 ? null : found;
  });
  process.kill(sleeper?.pid ?? Number.NaN);
  const deployment = await endedDeployment(scene, creating.number);
  expect(deployment, deployment.log).toMatchObject({ status: "succeeded", stackStatus: "UPDATE_COMPLETE" });
  expect(deployment.log).toContain("Delete the stack creating-staging, whose creation was prepared");
});

test("fault 57: a build that takes every worker down is started twice, and then fails with that reason", async () => {
  await inPhase(scene, crashing.number, "test", 1);
  await scene.machines.replaceWorker();
  const deployment = await endedDeployment(scene, crashing.number);
  expect(deployment, deployment.log).toMatchObject({ status: "failed", reason: "worker_lost", stackName: null });
  expect(attemptsOf(deployment)).toEqual(Array(2).fill(["checkout succeeded", "install succeeded", "test failed"]));
  expect(await sleepers(nap)).toEqual([]);
});
