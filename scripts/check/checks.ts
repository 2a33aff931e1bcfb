import { checkArchitecture } from "./architecture.ts";
import { checkClaims } from "./claims.ts";
import { checkCompose } from "./compose.ts";
import { checkDocuments } from "./documents.ts";
import { checkEnvironment } from "./environment.ts";
import { committedFiles } from "./files.ts";
import { checkMutations } from "./mutations.ts";
import { checkNames } from "./names.ts";
import type { Check } from "./outcome.ts";
import { root } from "./root.ts";
import { checkRules } from "./rule-tests.ts";
import { runTool } from "./tool.ts";
import { checkTraces } from "./traces.ts";
import { checkTypes } from "./types.ts";

/** Everything that holds without a server; the longest first, so that two can run side by side to the end. */
export const checks: Check[] = [
  { name: "types", run: async () => checkTypes(await committedFiles(root)) },
  {
    name: "format and lint",
    run: () => runTool("biome", ["check", "--error-on-warnings", "--max-diagnostics=200", "."]),
  },
  { name: "dead code", run: () => runTool("knip", ["--no-progress"]) },
  { name: "architecture", run: checkArchitecture },
  { name: "names and lengths", run: checkNames },
  { name: "docker-compose.yml", run: async () => checkCompose(await committedFiles(root)) },
  { name: "documents", run: checkDocuments },
  { name: "environment", run: checkEnvironment },
  { name: "threats and faults", run: checkClaims },
  { name: "mutations", run: checkMutations },
  { name: "no traces of a machine", run: checkTraces },
];

/** The rule tests are a check of the inner loop only: `npm test` runs them among all other tests. */
export const ruleTestsCheck: Check = { name: "rule tests", run: checkRules };
