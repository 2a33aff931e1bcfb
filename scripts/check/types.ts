import { dirname } from "node:path";
import type { Outcome } from "./outcome.ts";
import { runTool } from "./tool.ts";

const together = 2;

/** Type-checks every folder that has a tsconfig.json, two at a time. */
export async function checkTypes(files: readonly string[]): Promise<Outcome> {
  const folders = files
    .filter((file) => /(^|\/)tsconfig\.json$/.test(file) && !file.startsWith("examples/"))
    .map((file) => dirname(file));
  if (folders.length === 0) return { ok: false, output: "no tsconfig.json was found" };
  const waiting = [...folders];
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      outcomes.push(await runTool("tsc", ["-p", folder, "--noEmit", "--pretty", "false", ...remembered(folder)]));
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  const failed = outcomes.filter((each) => !each.ok);
  return { ok: failed.length === 0, output: failed.map((each) => each.output).join("\n") };
}

/** tsc's own memory of what it found: it is held against the content of each file, so it can't be stale. */
function remembered(folder: string): string[] {
  const file = `node_modules/.cache/types/${folder.replaceAll("/", "-")}.tsbuildinfo`;
  return ["--incremental", "--tsBuildInfoFile", file];
}
