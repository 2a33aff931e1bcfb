import { rm } from "node:fs/promises";
import { join } from "node:path";
import { deployNow } from "@branchline/core/deployments/deploy-now";
import { getService } from "@branchline/core/services/queries";
import { type Apps, startApps } from "@branchline/testing/apps";
import { accounts } from "@branchline/testing/aws-accounts";
import { stacksOf } from "@branchline/testing/aws-stacks";
import { repositoryRoot } from "@branchline/testing/paths";
import { type Acme, setUpAcme } from "@branchline/testing/scene/acme";
import { mergeNewMessage } from "@branchline/testing/scene/shop";
import { findDeploymentOf, waitForEnd } from "@branchline/testing/scene/watch";
import { settled, stickRollback } from "@branchline/testing/stuck-rollback";
import { startWorld, type World } from "@branchline/testing/world";
import { sayStep, step } from "./demo/steps.ts";
import { openBrowser } from "./screens/browser.ts";
import { screensOf } from "./screens/screens.ts";
import { type Look, takeScreens } from "./screens/take.ts";

const directory = join(repositoryRoot, ".branchline/screenshots");
const isForDocs = process.argv.includes("--docs");
const everyLook: Look[] = [
  { size: "desktop", scheme: "light" },
  { size: "desktop", scheme: "dark" },
  { size: "phone", scheme: "light" },
  { size: "phone", scheme: "dark" },
];

/** One deployment that has ended, one that a stack stood in the way of, and one that runs while the pictures are taken. */
async function setScene(world: World): Promise<{ running: number; ended: number; blocked: number }> {
  const acme = await step("Organization acme", () => setUpAcme(world));
  try {
    const first = await mergeNewMessage(world.github, "Orders are open again", "develop");
    const { number: ended } = await findDeploymentOf(acme.ctx, first.sha);
    await step("The first deployment", () => waitForEnd(acme.ctx, ended));
    const blocked = await step("A blocked one", () => blockedDeployment(world, acme));
    const second = await mergeNewMessage(world.github, "Orders are open all night", "develop");
    const { number: running } = await findDeploymentOf(acme.ctx, second.sha);
    return { running, ended, blocked };
  } finally {
    await acme.close();
  }
}

/** Of reports, whose stack somebody changed by hand in vain. */
async function blockedDeployment(world: World, { ctx }: Acme): Promise<number> {
  const stack = await stacksOf(world.aws, accounts.staging, "reports-staging");
  await stack.create({ Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" } });
  await settled(stack, "CREATE_COMPLETE");
  await stickRollback(world.aws, stack, { role: "auditor", logicalIds: ["ReadPolicy", "WritePolicy"] });
  const { serviceId } = await getService(ctx, { app: "shop", service: "reports" });
  const { number } = await deployNow(ctx, { serviceId, branch: "develop" });
  await waitForEnd(ctx, number);
  return number;
}

async function takeAll(world: World): Promise<void> {
  const screens = screensOf(await setScene(world));
  const browser = await openBrowser();
  try {
    if (isForDocs) {
      const chosen = screens.filter((screen) => screen.isInDocs);
      const into = join(repositoryRoot, "docs/images");
      const look: Look = { size: "desktop", scheme: "light" };
      await takeScreens(browser, world.webUrl, chosen, {
        look,
        directory: into,
        fileName: ({ name }) => `${name}.png`,
      });
      return;
    }
    for (const look of everyLook) {
      const into = join(repositoryRoot, "screenshots");
      const fileName = ({ name }: { name: string }) => `${name}-${look.size}-${look.scheme}.png`;
      await step(`${look.size}, ${look.scheme}`, () =>
        takeScreens(browser, world.webUrl, screens, { look, directory: into, fileName }),
      );
    }
  } finally {
    await browser.close();
  }
}

await rm(directory, { recursive: true, force: true });
const world = await startWorld({ directory, onStep: sayStep });
let apps: Apps | undefined;
try {
  apps = await startApps(world, { onStep: sayStep });
  await takeAll(world);
} finally {
  await apps?.stop();
  await world.stop();
}
