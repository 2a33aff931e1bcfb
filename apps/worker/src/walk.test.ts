import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Clone, cloneRepository } from "@branchline/testing/scene/clone";
import { until } from "@branchline/testing/until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deploymentsOf, endedDeployment, settledDelivery } from "./testing/deployments.ts";
import { enableRepository, type Scene, startScene } from "./testing/scene.ts";
import { waitingRepository } from "./testing/waiting.ts";

const examples = fileURLToPath(new URL("../../../examples", import.meta.url));

let scene: Scene;
let shopClone: Clone;

beforeAll(async () => {
  scene = await startScene();
  shopClone = await cloneRepository(scene.world.github, scene.token, "acme/shop");
});
afterAll(async () => {
  await shopClone?.remove();
  await scene?.stop();
});

/** A connected repository whose services deploy develop to staging and main to prod. */
async function enabledRepository(name: string): Promise<Clone> {
  await enableRepository(scene, name, join(examples, name));
  return cloneRepository(scene.world.github, scene.token, `acme/${name}`);
}

const allPhases = ["checkout", "install", "test", "package", "deploy"];

test("the first push deploys every service of the shop to staging, in the account of staging", async () => {
  const sha = await shopClone.push("develop", { "README.md": "# Shop\n" }, "Open the shop");
  const { targets, deployments } = await deploymentsOf(scene, sha);
  expect(targets.map((target) => target.because)).toEqual(Array(3).fill("it was never deployed to this stage"));
  expect(deployments).toHaveLength(3);
  for (const deployment of deployments) {
    expect(deployment.status, deployment.log).toBe("succeeded");
    expect(deployment.profile.accountId).toBe("222233334444");
    expect(deployment.phases.map(({ name, status }) => [name, status])).toEqual(
      allPhases.map((name) => [name, "succeeded"]),
    );
    expect(deployment.stackEvents.length).toBeGreaterThan(0);
    expect(deployment.stackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  }
  const orders = deployments.find(({ service }) => service === "orders");
  const bucket = { logicalId: "ServerlessDeploymentBucket", action: "Add" };
  expect(orders?.resourceChanges).toEqual(
    expect.arrayContaining([bucket, { logicalId: "OrdersLambdaFunction", action: "Add" }]),
  );
  expect(orders?.outputs).toContainEqual({ kind: "output", key: "stage", value: "staging", bytes: null });
  expect(orders?.outputs).toContainEqual({
    kind: "function",
    key: "orders",
    value: "orders-staging-orders",
    bytes: expect.any(Number),
  });
});

test("a push that touches one of three services deploys one, and says why not the others", async () => {
  const sha = await shopClone.push(
    "develop",
    { "orders/src/message.js": `export const message = "changed";\n` },
    "Change orders",
  );
  const { targets, explanation, deployments } = await deploymentsOf(scene, sha);
  const [orders] = deployments;
  expect(deployments).toHaveLength(1);
  expect(orders).toMatchObject({ service: "orders" });
  expect(orders?.resourceChanges).toContainEqual({
    logicalId: "OrdersLambdaFunction",
    action: "Modify",
    replacement: "False",
  });
  expect(targets.find(({ service }) => service === "orders")?.because).toMatch(
    /^`orders\/src\/message.js` changed since #\d+$/,
  );
  for (const service of ["billing", "reports"]) {
    expect(explanation).toMatch(new RegExp(`${service}: no file in its trigger directories changed since #\\d+`));
  }
});

test("main deploys prod, in the account of prod", async () => {
  const sha = await shopClone.push("main", {}, "Release");
  const { deployments } = await deploymentsOf(scene, sha);
  expect(deployments).toHaveLength(3);
  for (const deployment of deployments) {
    expect(deployment, deployment.log).toMatchObject({
      status: "succeeded",
      stage: "prod",
      profile: { accountId: "555566667777" },
    });
  }
});

test("the commit shows a check run per deployment that leads to it", async () => {
  const [row] = await scene.ctx.db.deployment.findMany({
    where: { status: "succeeded" },
    orderBy: { number: "desc" },
    take: 1,
  });
  // Nobody is told when GitHub has been told.
  const where = { id: row?.id ?? "", reportedStatus: "succeeded" };
  await until("GitHub is told", 30_000, () => scene.ctx.db.deployment.findFirst({ where }));
  const found = await scene.world.github.rest(
    scene.token,
    "GET",
    `/repos/acme/shop/commits/${row?.commitSha}/check-runs`,
  );
  const runs = found.check_runs as { external_id: string; status: string; conclusion: string; details_url: string }[];
  expect(runs.find((run) => run.external_id === row?.id)).toMatchObject({
    status: "completed",
    conclusion: "success",
    details_url: `${scene.world.webUrl}/acme/deployments/${row?.number}`,
  });
});

test.each([
  ["feature/x", "ignored: no branch deploy matches `feature/x`"],
  ["$(id)", "ignored: no branch deploy matches `$(id)`"],
  ["--upload-pack=x", "ignored: no branch deploy matches `--upload-pack=x`"],
])("a push to the unmapped branch %s is explained, and deploys nothing", async (branch, explanation) => {
  const sha = await shopClone.push(branch, {}, `On ${branch}`);
  expect(await settledDelivery(scene, sha)).toMatchObject({ explanation });
});

test("fault 53: a service whose tests fail fails once, and never reaches AWS", async () => {
  const clone = await enabledRepository("failing-test");
  const { deployments } = await deploymentsOf(scene, await clone.push("develop", {}, "Fail"));
  await clone.remove();
  const [deployment] = deployments;
  expect(deployment).toMatchObject({ status: "failed", reason: "tests_failed", stackName: null });
  expect(deployment?.phases.map(({ name, status }) => [name, status])).toEqual([
    ["checkout", "succeeded"],
    ["install", "succeeded"],
    ["test", "failed"],
  ]);
  expect(deployment?.failureLine).toBeGreaterThan(0);
});

test("fault 53: a plugin that fails when packaging is over is told of as that, and not as a service that can't be packaged", async () => {
  const { clone, deploy } = await waitingRepository(scene, "unready");
  const deployment = await endedDeployment(scene, await deploy({ deploying: "exit 3" }));
  await clone.remove();
  expect(deployment, deployment.log).toMatchObject({ status: "failed", reason: "deploy_failed", stackName: null });
  expect(deployment.phases.slice(-2)).toMatchObject([
    { name: "package", status: "succeeded" },
    { name: "deploy", status: "failed" },
  ]);
});

test("an update that fails ends as failed, with CloudFormation's reason and the stack's true state", async () => {
  const clone = await enabledRepository("failing-update");
  const first = await deploymentsOf(scene, await clone.push("develop", {}, "Fine"));
  expect(first.deployments[0]?.status, `${first.explanation}${first.deployments[0]?.log}`).toBe("succeeded");
  const config = await readFile(join(clone.directory, "serverless.yml"), "utf8");
  const broken = config.replace("update: fine", "update: broken");
  const { deployments } = await deploymentsOf(
    scene,
    await clone.push("develop", { "serverless.yml": broken }, "Break"),
  );
  await clone.remove();
  const [deployment] = deployments;
  expect(deployment, deployment?.log).toMatchObject({
    status: "failed",
    reason: "stack_failed",
    stackStatus: "UPDATE_ROLLBACK_COMPLETE",
  });
  const failed = deployment?.stackEvents.find((event) => event.status.endsWith("_FAILED"));
  expect(deployment?.reasonDetail).toContain(failed?.reason ?? "nothing failed");
});

test("fault 53: a file that can't be parsed fails in its phase, with file and line", async () => {
  const sha = await shopClone.push(
    "develop",
    { "billing/serverless.yml": "service: billing\nprovider:\n  name: aws\n bad: [\n" },
    "Break YAML",
  );
  const { deployments } = await deploymentsOf(scene, sha);
  expect(deployments[0]).toMatchObject({ service: "billing", status: "failed", reason: "config_unreadable" });
  expect(deployments[0]?.reasonDetail).toMatch(/^billing\/serverless.yml:4: /);
});
