import { cancelDeployment } from "@branchline/core/deployments/cancel";
import { getDeployment } from "@branchline/core/deployments/queries";
import { accounts } from "@branchline/testing/aws-accounts";
import { stacksOf, waitCondition } from "@branchline/testing/aws-stacks";
import { newNap, processesAbout, sleepers } from "@branchline/testing/sleepers";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endedDeployment, readLog } from "./testing/deployments.ts";
import { type SceneWithGate, startSceneWithGate } from "./testing/gate.ts";
import { stepMs, waitingRepository, waits } from "./testing/waiting.ts";
import type { WaitingService } from "./testing/waiting-service.ts";

/** Of the worker that starts next. */
let limits: Record<string, string> = {};
let scene: SceneWithGate;
beforeAll(async () => {
  scene = await startSceneWithGate(async () => () => ({ WORKER_CONCURRENCY: "4", ...limits }));
});
afterAll(() => scene?.stop());

async function cancel(number: number, deletesStack = false): Promise<void> {
  const { deploymentId } = await getDeployment(scene.ctx, number);
  await cancelDeployment(scene.ctx, { deploymentId, deletesStack });
}

/** Settles when the deployment's log says so. */
async function said(number: number, text: string): Promise<void> {
  const { deploymentId } = await getDeployment(scene.ctx, number);
  const find = async () => ((await readLog(scene, deploymentId)).includes(text) ? true : null);
  await until(`#${number} says: ${text}`, stepMs, find);
}

const cancelled = { status: "cancelled", reason: "cancelled_by_person" } as const;

test("fault 54: a deployment that is cancelled while it is queued, checked out, installed, tested or packaged ends as cancelled, leaves no process and makes no stack", async () => {
  const { gate, world } = scene;
  const nap = newNap();
  const halts = (phase: string) => `sleep ${nap} & ${gate.ask(phase)}`;
  const slow = { pathPrefix: "/acme/checkout.git/git-upload-pack", status: 503, delayMs: 300_000 };
  const begin = async (phase: string, wish: WaitingService) => {
    const waiting = await waitingRepository(scene, phase);
    // Not sooner: its clone asks the same.
    if (phase === "checkout") await world.github.fail(slow);
    return { phase, ...waiting, number: await waiting.deploy(wish) };
  };
  const begun = await Promise.all([
    begin("checkout", {}),
    begin("install", { preinstall: halts("install") }),
    begin("test", { test: halts("test") }),
    begin("package", { packaging: halts("package") }),
  ]);
  await Promise.all(["install", "test", "package"].map((phase) => gate.arrived(phase)));
  // By its address, which no other test of this machine has.
  const fetching = () => processesAbout(`${world.github.url}/acme/checkout.git`);
  await until("git fetches the commit", stepMs, async () => ((await fetching()).length > 0 ? true : null));
  await until("three sleep", stepMs, async () => ((await sleepers(nap)).length === 3 ? true : null));

  const queued = await begun[0].deploy({});
  await cancel(queued);
  expect(await getDeployment(scene.ctx, queued)).toMatchObject({ ...cancelled, phases: [] });
  await Promise.all(begun.map(({ number }) => cancel(number)));
  for (const { phase, number, stack } of begun) {
    const deployment = await endedDeployment(scene, number);
    expect(deployment, deployment.log).toMatchObject(cancelled);
    expect(deployment.phases.at(-1)).toMatchObject({ name: phase, status: "failed" });
    expect(await stack.status()).toBeNull();
  }
  expect([await sleepers(nap), await fetching()]).toEqual([[], []]);
});

test("fault 54: an update that is cancelled is rolled back by CloudFormation, and ends as cancelled when that is over", async () => {
  const { deploy, stack } = await waitingRepository(scene, "updated");
  const number = await deploy({ waits: ["Gate", "Second"] });
  await waits(scene, number, "Gate");
  await cancel(number);
  await said(number, "Cancel the update of the stack updated-staging");
  // The emulator looks at a cancellation between two resources.
  await stack.signal("Gate", "SUCCESS");
  const deployment = await endedDeployment(scene, number);
  const stackStatus = "UPDATE_ROLLBACK_COMPLETE";
  expect(deployment, deployment.log).toMatchObject({ ...cancelled, stackStatus });
  expect(await stack.status()).toBe(stackStatus);
});

test("fault 54: a deployment that is cancelled while it uploads leaves alone what somebody else changes in its stack meanwhile", async () => {
  const { gate } = scene;
  const { deploy, stack } = await waitingRepository(scene, "uploading");
  await endedDeployment(scene, await deploy({}));
  const number = await deploy({ displayName: "second", uploading: gate.ask("uploading") });
  await gate.arrived("uploading");
  await stack.add({ ByHand: waitCondition, Last: { Type: "AWS::SNS::Topic", DependsOn: "ByHand" } });
  await cancel(number);
  await said(number, "Somebody else changes the stack uploading-staging, so it is left alone.");
  await stack.signal("ByHand", "SUCCESS");
  const deployment = await endedDeployment(scene, number);
  const reasonDetail = "Cancelled before the stack was changed.";
  expect(deployment, deployment.log).toMatchObject({ ...cancelled, stackStatus: "UPDATE_COMPLETE", reasonDetail });
});

test("fault 54: a creation that is cancelled deletes the stack when that is wished, and ends as cancelled when it is gone", async () => {
  const bucket = "elsewhere-serverlessdeploymentbucket";
  const elsewhere = await stacksOf(scene.world.aws, accounts.staging, "elsewhere");
  await elsewhere.create({ Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: bucket } } });
  const { deploy, stack } = await waitingRepository(scene, "created");
  const number = await deploy({ bucket, waits: ["Gate"] });
  await waits(scene, number, "Gate");
  expect(await stack.status()).toBe("CREATE_IN_PROGRESS");
  await cancel(number, true);
  const deployment = await endedDeployment(scene, number);
  expect(deployment, deployment.log).toMatchObject({ ...cancelled, reasonDetail: "Cancelled; there is no stack." });
  expect(deployment.log).toContain("Delete the stack created-staging, whose creation was cancelled.");
  expect(await stack.status()).toBeNull();
});

test("fault 42: a build that is silent, takes too long in a phase, or in all, ends with a reason that names the limit, and leaves no process", async () => {
  limits = { BUILD_IDLE_LIMIT_MS: "12000", BUILD_PHASE_LIMIT_MS: "20000", DEPLOYMENT_LIMIT_MS: "30000" };
  await scene.machines.restartWorker();
  const nap = newNap();
  const chatty = `sleep ${nap} & while :; do echo busy; sleep 1; done`;
  const wishes: Record<string, WaitingService> = {
    silent: { test: `sleep ${nap}` },
    long: { test: chatty },
    endless: { preinstall: "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i; sleep 1; done", test: chatty },
  };
  const ended = await Promise.all(
    Object.entries(wishes).map(async ([name, wish]) => {
      const { deploy } = await waitingRepository(scene, name);
      return endedDeployment(scene, await deploy(wish));
    }),
  );
  const stoppedBy = (reasonDetail: string) => ({ status: "failed", reason: "timed_out", reasonDetail });
  expect(ended).toMatchObject([
    stoppedBy("Nothing was printed for 12 seconds."),
    stoppedBy("The phase took longer than 20 seconds."),
    stoppedBy("The deployment took longer than 30 seconds."),
  ]);
  expect(await sleepers(nap)).toEqual([]);
});
