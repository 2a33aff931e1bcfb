import { dirname } from "node:path";
import type { Outcome } from "./outcome.ts";
import { runTool } from "./tool.ts";

const together = 2;

/** Type-checks every folder that has a tsconfig.json, two at a time, straight with tsc: no cache that could be stale. */
export async function checkTypes(files: readonly string[]): Promise<Outcome> {
  const folders = files
    .filter((file) => /(^|\/)tsconfig\.json$/.test(file) && !file.startsWith("examples/"))
    .map((file) => dirname(file));
  if (folders.length === 0) return { ok: false, output: "no tsconfig.json was found" };
  const waiting = [...folders];
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      outcomes.push(await runTool("tsc", ["-p", folder, "--noEmit", "--pretty", "false"]));
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  const failed = outcomes.filter((each) => !each.ok);
  return { ok: failed.length === 0, output: failed.map((each) => each.output).join("\n") };
}
