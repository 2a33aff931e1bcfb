// Builds the web app when what it is made of has changed, for a test that runs it.

import { prepare } from "./prepare.mjs";
import { createSteps } from "./steps.mjs";

await prepare(createSteps(), { web: "build" });
