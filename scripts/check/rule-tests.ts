import { runsAlone, runtimeImports } from "./architecture/closure.ts";
import { readImports } from "./architecture/cruise.ts";
import { sourceFiles } from "./files.ts";
import type { Outcome } from "./outcome.ts";
import { root } from "./root.ts";
import { runTool } from "./tool.ts";

/** The tests that need nothing but the processor: those of core's rules, of parsers and of the words of these checks. */
async function ruleTests(): Promise<string[]> {
  const edges = runtimeImports(await readImports(root));
  const files = await sourceFiles(root);
  return files.filter((file) => /\.test\.tsx?$/.test(file) && edges.has(file) && runsAlone(edges, file));
}

/** Runs them. No test at all is a failure: a check that looks at nothing finds nothing. */
export async function checkRules(): Promise<Outcome> {
  const files = await ruleTests();
  if (files.length === 0) return { ok: false, output: "no rule test was found" };
  return runTool("vitest", ["run", "--config", "scripts/check/vitest.config.ts", "--reporter=dot", ...files]);
}
