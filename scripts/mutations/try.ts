import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { root } from "../check/root.ts";
import type { Report } from "../test/report.ts";
import { runSuites } from "../test/suites.ts";
import type { Mutation } from "./mutation.ts";

/**
 * `caught`: the test failed, as it must. `survived`: it passed. `not tried`: it does not hold without the mutation either.
 * `not run`: with the mutation its set-up failed, so it had nothing to say.
 */
export type Verdict = "caught" | "survived" | "not tried" | "not run";

/** Runs a test alone. @returns null when it did not run to its end, as when its file does not load */
async function holds({ test, title }: Mutation, stopAsked: AbortSignal): Promise<boolean | null> {
  if (test.startsWith("apps/web/e2e/")) {
    await execa(process.execPath, [join(root, "scripts/bootstrap/build-web.mjs")], { cwd: root, stdio: "inherit" });
  }
  const { report } = await runSuites([test, "--testNamePattern", patternOf(title)], stopAsked);
  const statuses = statusesOf(report);
  if (statuses.includes("failed")) return false;
  return statuses.includes("passed") ? true : null;
}

/** A title as `test.each` is given it, of which only the fixed parts are known. */
function patternOf(title: string): string {
  const parts = title.split(/%\w|\$[\w.]+/);
  return parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
}

function statusesOf(report: Report | null): string[] {
  return report?.testResults.flatMap((file) => file.assertionResults.map((test) => test.status)) ?? [];
}

/** Switches one guard off, runs its test, and switches it on again whatever happens. */
export async function tryMutation(mutation: Mutation, stopAsked: AbortSignal): Promise<Verdict> {
  if ((await holds(mutation, stopAsked)) !== true) return "not tried";
  const path = join(root, mutation.file);
  const text = readFileSync(path, "utf8");
  const restore = () => writeFileSync(path, text);
  process.once("exit", restore);
  try {
    writeFileSync(
      path,
      text.replace(mutation.from, () => mutation.to),
    );
    const held = await holds(mutation, stopAsked);
    if (held === null) return "not run";
    return held ? "survived" : "caught";
  } finally {
    restore();
    process.off("exit", restore);
  }
}
