import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@branchline/testing/paths";
import type { Report } from "./report.ts";

/** How a run of vitest ended. `report` is null when it ended before it wrote one. */
type Ended = { exitCode: number; report: Report | null };

/**
 * Runs vitest over all suites, or over what `selection` names. What it prints goes to our terminal.
 * @param selection arguments of vitest
 * @param stopAsked ends it, and with it all that it started
 */
export async function runSuites(selection: readonly string[], stopAsked: AbortSignal): Promise<Ended> {
  const directory = await mkdtemp(join(tmpdir(), "branchline-report-"));
  const file = join(directory, "report.json");
  try {
    const exitCode = await runVitest(selection, file, stopAsked);
    return { exitCode, report: await readReport(file) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function runVitest(selection: readonly string[], reportFile: string, stopAsked: AbortSignal): Promise<number> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const args = ["run", "--passWithNoTests", ...reporters, ...selection];
  const vitest = spawn(join(repositoryRoot, "node_modules/.bin/vitest"), args, {
    cwd: repositoryRoot,
    stdio: "inherit",
  });
  const end = () => void vitest.kill("SIGTERM");
  stopAsked.addEventListener("abort", end, { once: true });
  return new Promise((resolve, reject) => {
    vitest.once("error", reject);
    vitest.once("exit", (code) => resolve(code ?? 1));
  });
}

async function readReport(file: string): Promise<Report | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Report;
  } catch {
    return null;
  }
}
