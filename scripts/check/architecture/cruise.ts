import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { forbidden } from "./forbidden.ts";

/** One broken rule: which, where, and what it says. */
export type Violation = { rule: string; file: string; why: string };

const ignored = "(^|/)(\\.next|generated|\\.turbo)/";
const places = ["apps", "packages", "prisma", "scripts", "bench", "docker"];

/**
 * Reads the imports of every file of the repository at `at` and holds them against the rooms.
 * The working directory must be `at`: dependency-cruiser resolves from there.
 */
export async function readImports(at: string): Promise<ICruiseResult> {
  const there = places.filter((place) => existsSync(join(at, place)));
  const { output } = await cruise(
    there,
    {
      parser: "swc",
      baseDir: at,
      validate: true,
      ruleSet: { forbidden },
      exclude: { path: ignored },
      doNotFollow: { path: "node_modules" },
      enhancedResolveOptions: {
        exportsFields: ["exports"],
        conditionNames: ["import", "node", "default", "types"],
        extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      },
    },
    { alias: { "@": join(at, "apps/web") } },
  );
  if (typeof output === "string")
    throw new Error("dependency-cruiser answered with text where its result was expected");
  return output;
}

/** What dependency-cruiser itself found, in our words. */
export function importViolations(result: ICruiseResult): Violation[] {
  return result.summary.violations.map((violation) => ({
    rule: violation.rule.name,
    file: violation.from,
    why: `imports ${violation.to}. ${commentOf(violation.rule.name)}`,
  }));
}

function commentOf(rule: string): string {
  return forbidden.find((each) => each.name === rule)?.comment ?? "";
}
