import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@branchline/testing/paths";
import type { Counts } from "./counts.ts";
import { countReport, type Report } from "./report.ts";

/**
 * Runs vitest over all suites, or over those whose path holds the name. What it prints goes to our terminal.
 * @param stopAsked ends it, and with it all that it started
 */
export async function runSuites(name: string | undefined, stopAsked: AbortSignal): Promise<Counts> {
  const directory = await mkdtemp(join(tmpdir(), "branchline-report-"));
  const file = join(directory, "report.json");
  try {
    const exitCode = await runVitest(name, file, stopAsked);
    return countReport(await readReport(file), exitCode);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function runVitest(name: string | undefined, reportFile: string, stopAsked: AbortSignal): Promise<number> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const args = ["run", "--passWithNoTests", ...reporters, ...(name === undefined ? [] : [name])];
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
