// What `npm run …` calls. Needs Node 20.19 and nothing else: everything else is what it brings.

import { prepare } from "./bootstrap/prepare.mjs";
import { runScript } from "./bootstrap/script.mjs";
import { createSteps } from "./bootstrap/steps.mjs";
import { findMissing, installMissing } from "./bootstrap/system.mjs";

const commands = {
  demo: { web: "build", servers: true },
  dev: { servers: true },
  test: { web: "build", servers: true, browser: true },
  check: {},
  mutations: { web: "build", servers: true, browser: true },
  chaos: { web: "build", servers: true },
  bench: { web: "build", servers: true, browser: true },
  screenshots: { web: "build", servers: true, browser: true },
};

const [command = "", ...args] = process.argv.slice(2);
const needs = commands[command];
if (needs === undefined) {
  console.error(`npm run ${Object.keys(commands).join(" | ")}`);
  process.exit(1);
}

try {
  const steps = createSteps();
  await installMissing(steps, await findMissing(needs));
  await prepare(steps, needs);
  process.exitCode = await runScript(command, args);
} catch (error) {
  console.error(error.isForPeople ? error.message : error);
  process.exitCode = 1;
}
