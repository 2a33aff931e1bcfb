import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listDeliveries } from "@branchline/core/webhook-deliveries/queries";
import { getDeployment } from "@branchline/core/deployments/queries";
import { readWholeLog } from "@branchline/core/logs/queries";
import { configureCiCd } from "@branchline/core/services/configure";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Clone, cloneRepository } from "./testing/repository.ts";
import { connectRepository, createProvenProfile, type Scene, startScene } from "./testing/scene.ts";

const shop = fileURLToPath(new URL("../../../examples/shop", import.meta.url));

let scene: Scene;
let clone: Clone;
beforeAll(async () => {
  scene = await startScene();
  await connectRepository(scene, "shop", shop);
  clone = await cloneRepository(scene, "shop");
  const [staging, prod] = [await createProvenProfile(scene, "staging"), await createProvenProfile(scene, "prod")];
  const services = await scene.db.service.findMany();
  for (const { id, repositoryId, baseDirectory } of services) {
    await configureCiCd(scene.ctx, {
      serviceId: id,
      repositoryId: repositoryId ?? "",
      baseDirectory,
      branchDeploys: [
        { branch: "develop", stage: "staging", deployProfileId: staging },
        { branch: "main", stage: "prod", deployProfileId: prod },
      ],
      triggerDirectories: [],
      alwaysDeploy: false,
      runTests: true,
    });
  }
}, 120_000);
afterAll(async () => {
  await clone?.remove();
  await scene?.stop();
});

/** What became of the delivery of a push: its row, once it is settled. */
function settled(sha: string) {
  return scene.until(async () => {
    const rows = await listDeliveries(scene.ctx);
    return rows.find((row) => row.headSha === sha && row.settledAt !== null);
  });
}

function ended(number: number) {
  return scene.until(async () => {
    const deployment = await getDeployment(scene.ctx, number);
    return deployment.finishedAt === null ? null : deployment;
  });
}

async function logOf(deploymentId: string): Promise<string> {
  let text = "";
  for await (const part of readWholeLog(scene.db, deploymentId)) text += part;
  return text;
}

test("a push of a whole shop deploys all of its services to staging, in the account of staging", async () => {
  const sha = await clone.push("develop", { "README.md": "# Shop\n" }, "Open the shop");
  const delivery = await settled(sha);
  expect(delivery.targets.map((target) => target.because)).toEqual(Array(3).fill("it was never deployed to this stage"));
  for (const target of delivery.targets) {
    const deployment = await ended(target.deploymentNumber ?? 0);
    const log = await logOf(deployment.deploymentId);
    expect(deployment.status, log).toBe("succeeded");
    expect(deployment.profile.accountId).toBe("222233334444");
    expect(deployment.phases.map((phase) => [phase.name, phase.status])).toEqual(
      ["checkout", "install", "test", "package", "deploy"].map((name) => [name, "succeeded"]),
    );
    expect(deployment.stackEvents.length).toBeGreaterThan(0);
  }
}, 240_000);
