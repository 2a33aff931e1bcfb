import { cancelDeployment } from "@branchline/core/deployments/cancel";
import { getDeployment } from "@branchline/core/deployments/queries";
import { newNap, sleepers } from "@branchline/testing/sleepers";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endedDeployment, readLog } from "./testing/deployments.ts";
import { type Scene, startScene } from "./testing/scene.ts";
import { stepMs, waitingRepository, waits } from "./testing/waiting.ts";
import type { WaitingService } from "./testing/waiting-service.ts";

/** Of the worker that starts next. */
let limits: Record<string, string> = {};
let scene: Scene;
beforeAll(async () => {
  scene = await startScene(async () => ({ workerEnvironment: () => ({ WORKER_CONCURRENCY: "3", ...limits }) }));
}, 180_000);
afterAll(() => scene?.stop());

async function cancel(number: number): Promise<void> {
  const { deploymentId } = await getDeployment(scene.ctx, number);
  await cancelDeployment(scene.ctx, { deploymentId });
}

/** Settles when the deployment's log says so. */
async function said(number: number, text: string): Promise<void> {
  const { deploymentId } = await getDeployment(scene.ctx, number);
  const find = async () => ((await readLog(scene, deploymentId)).includes(text) ? true : null);
  await until(`#${number} says: ${text}`, stepMs, find);
}

const cancelled = { status: "cancelled", reason: "cancelled_by_person" } as const;

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
}, 120_000);

test("fault 42: a build that is silent, takes too long in a phase, or in all, ends with a reason that names the limit, and leaves no process", async () => {
  limits = { BUILD_IDLE_LIMIT_MS: "8000", BUILD_PHASE_LIMIT_MS: "20000", DEPLOYMENT_LIMIT_MS: "30000" };
  await scene.machines.restartWorker();
  const nap = newNap();
  const chatty = `sleep ${nap} & while :; do echo busy; sleep 1; done`;
  const wishes: Record<string, WaitingService> = {
    silent: { test: `sleep ${nap}` },
    long: { test: chatty },
    endless: { preinstall: "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do echo $i; sleep 1; done", test: chatty },
  };
  const ended = await Promise.all(
    Object.entries(wishes).map(async ([name, wish]) => {
      const { deploy } = await waitingRepository(scene, name);
      return endedDeployment(scene, await deploy(wish));
    }),
  );
  const stoppedBy = (reasonDetail: string) => ({ status: "failed", reason: "timed_out", reasonDetail });
  expect(ended).toMatchObject([
    stoppedBy("Nothing was printed for 8 seconds."),
    stoppedBy("The phase took longer than 20 seconds."),
    stoppedBy("The deployment took longer than 30 seconds."),
  ]);
  expect(await sleepers(nap)).toEqual([]);
}, 240_000);
