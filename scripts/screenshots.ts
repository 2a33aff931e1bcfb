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
import { type Screen, screensOf } from "./screens/screens.ts";
import { type Look, takeScreens } from "./screens/take.ts";

const directory = join(repositoryRoot, ".branchline/screenshots");
const isForDocs = process.argv.includes("--docs");
const docsLook: Look = { size: "desktop", scheme: "light" };
const everyLook: Look[] = [
  { size: "desktop", scheme: "light" },
  { size: "desktop", scheme: "dark" },
  { size: "phone", scheme: "light" },
  { size: "phone", scheme: "dark" },
];

type Scene = {
  ended: number;
  blocked: number;
  /** Lets another deployment run, which does so for as long as the pictures of a look take. @returns its number */
  run(look: Look): Promise<number>;
};

/** One deployment that has ended, and one that a stack stood in the way of. */
async function setScene(world: World, acme: Acme): Promise<Scene> {
  const merge = async (message: string) => {
    const { sha } = await mergeNewMessage(world.github, message, "develop");
    return (await findDeploymentOf(acme.ctx, sha)).number;
  };
  const ended = await merge("Orders are open again");
  await step("The first deployment", () => waitForEnd(acme.ctx, ended));
  const blocked = await step("A blocked one", () => blockedDeployment(world, acme));
  return { ended, blocked, run: ({ size, scheme }) => merge(`Orders are open all night, ${size} and ${scheme}`) };
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
  const acme = await step("Organization acme", () => setUpAcme(world));
  const browser = await openBrowser();
  try {
    const { ended, blocked, run } = await setScene(world, acme);
    for (const look of isForDocs ? [docsLook] : everyLook) {
      const all = screensOf({ ended, blocked, running: await run(look) });
      const screens = isForDocs ? all.filter((screen) => screen.isInDocs) : all;
      await step(`${look.size}, ${look.scheme}`, () => takeScreens(browser, world.webUrl, screens, placeOf(look)));
    }
  } finally {
    await browser.close();
    await acme.close();
  }
}

function placeOf(look: Look) {
  const directory = join(repositoryRoot, isForDocs ? "docs/images" : "screenshots");
  const ending = isForDocs ? "" : `-${look.size}-${look.scheme}`;
  return { look, directory, fileName: ({ name }: Screen) => `${name}${ending}.png` };
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
