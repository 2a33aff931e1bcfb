import type { DeploymentReason } from "@branchline/core/deployments/reasons";
import type { PhaseName } from "@branchline/db";
import type { BuildPlan, LimitName, StepExit } from "@branchline/runner";
import { buildEnvironment } from "./environment.ts";
import { buildLimits, type StepLimits, spanOf, stoppedBy } from "./limits.ts";
import { inPhase, type Run, skipPhase } from "./run.ts";
import { Stopped } from "./stopped.ts";

/** Dependencies by their lock file. No AWS, and only the parameters that are marked for the build. */
export function installPhase(run: Run, plan: BuildPlan): Promise<void> {
  if (plan.install === null) return skipPhase(run, "install", "No package.json, so nothing is installed.");
  return command(run, { phase: "install", directory: plan.installDirectory, argv: plan.install, node: plan.node });
}

/** The repository's own tests: what fails here never reaches AWS. */
export function testPhase(run: Run, plan: BuildPlan): Promise<void> {
  if (!run.work.runTests) return skipPhase(run, "test", "Tests are switched off in the CI/CD settings.");
  if (plan.test === null) return skipPhase(run, "test", "package.json has no test script, so no tests run.");
  return command(run, { phase: "test", directory: run.work.baseDirectory, argv: plan.test, node: plan.node });
}

const reasons = { install: "install_failed", test: "tests_failed" } as const satisfies Partial<
  Record<PhaseName, DeploymentReason>
>;

type Command = { phase: keyof typeof reasons; directory: string; argv: string[]; node: string | null };

function command(run: Run, { phase, directory, argv, node }: Command): Promise<void> {
  return inPhase(run, phase, async (firstLine) => {
    const limits = buildLimits(run.parts.env);
    await run.log.say(argv.join(" "));
    const exit = await run.sandbox.run({
      argv,
      directory,
      node,
      environment: { ...run.parameters.build, ...buildEnvironment(run.work) },
      allow: run.hosts.build,
      ...limits,
      output: run.log.output,
      signal: run.signal,
    });
    await run.log.nextLine();
    assertSucceeded(run, exit, { reason: reasons[phase], limits, failureLine: run.log.failureLine(firstLine) });
  });
}

type Failure = { reason: DeploymentReason; limits: StepLimits; failureLine: number | null };

/** @throws Stopped with the reason, or with the limit that was reached */
export function assertSucceeded(run: Run, exit: StepExit, { reason, limits, failureLine }: Failure): void {
  switch (exit.kind) {
    case "exited":
      if (exit.code === 0) return;
      throw new Stopped(reason, `The command ended with exit code ${exit.code}.`, failureLine);
    case "signalled":
      throw new Stopped(reason, `The command was ended by ${exit.signal}.`, failureLine);
    case "timed_out":
      throw new Stopped("timed_out", limitOf(exit.limit, limits), failureLine);
    case "limited":
      throw new Stopped(reasonsOfLimits[exit.limit], exit.sentence, failureLine);
    case "cancelled":
      throw stoppedBy(run.signal.reason, run.parts.env);
  }
}

const reasonsOfLimits = {
  memory: "out_of_memory",
  processes: "too_many_processes",
  disk: "disk_full",
  worker_disk: "disk_full",
  file: "file_too_large",
} as const satisfies Record<LimitName, DeploymentReason>;

function limitOf(limit: "idle" | "total", { idleTimeoutMs, timeoutMs }: StepLimits): string {
  if (limit === "idle") return `Nothing was printed for ${spanOf(idleTimeoutMs)}.`;
  return `The phase took longer than ${spanOf(timeoutMs)}.`;
}
