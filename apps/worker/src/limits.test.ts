import { afterAll, beforeAll, expect, test } from "vitest";
import { endedDeployment } from "./testing/deployments.ts";
import { type Scene, startScene } from "./testing/scene.ts";
import { waitingRepository } from "./testing/waiting.ts";

let scene: Scene;
beforeAll(async () => {
  // The largest number is no user's: where the worker is root, it can give builds none of their own.
  const environment = { WORKER_BUILD_MEMORY_MB: "512", WORKER_BUILD_USERS: "4294967295-4294967295" };
  scene = await startScene(async () => ({ workerEnvironment: () => environment }));
});
afterAll(() => scene?.stop());

test("fault 41: a deployment whose build takes too much memory fails with that reason, and its worker goes on with the next", async () => {
  const greedy = await waitingRepository(scene, "greedy");
  const waste = "dd if=/dev/zero of=/dev/null bs=900M count=1";
  const deployment = await endedDeployment(scene, await greedy.deploy({ test: waste }));
  expect(deployment, deployment.log).toMatchObject({
    status: "failed",
    reason: "out_of_memory",
    reasonDetail: expect.stringContaining("512 MB"),
    stackName: null,
  });
  const next = await endedDeployment(scene, await greedy.deploy({ test: "exit 3" }));
  expect(next, next.log).toMatchObject({ status: "failed", reason: "tests_failed" });
});

test.runIf(process.getuid?.() === 0)("a build in a sandbox that lacks a part says so in its log", async () => {
  const [last] = await scene.ctx.db.deployment.findMany({ orderBy: { number: "desc" }, take: 1 });
  const { log } = await endedDeployment(scene, last?.number ?? 0);
  expect(log).toContain("The sandbox of this worker is weak: builds can't run as a user of their own");
});
