import type { Environment } from "../env.ts";
import type { StopReason } from "./heart.ts";
import { Stopped } from "./stopped.ts";

/** How long a step may be silent, and take. */
export type StepLimits = { idleTimeoutMs: number; timeoutMs: number };

/** Of checkout, install and test. */
export function buildLimits({ BUILD_IDLE_LIMIT_MS, BUILD_PHASE_LIMIT_MS }: Environment): StepLimits {
  return { idleTimeoutMs: BUILD_IDLE_LIMIT_MS, timeoutMs: BUILD_PHASE_LIMIT_MS };
}

/** Of the CLI, which packages and deploys, and may print nothing while CloudFormation works. */
export function deployLimits({ DEPLOY_IDLE_LIMIT_MS, DEPLOY_PHASE_LIMIT_MS }: Environment): StepLimits {
  return { idleTimeoutMs: DEPLOY_IDLE_LIMIT_MS, timeoutMs: DEPLOY_PHASE_LIMIT_MS };
}

/** What a run that had to stop ends as. */
export function stoppedBy(reason: StopReason, env: Environment): Stopped {
  switch (reason) {
    case "cancel_asked":
      return new Stopped("cancelled_by_person");
    case "out_of_time":
      return new Stopped("timed_out", `The deployment took longer than ${spanOf(env.DEPLOYMENT_LIMIT_MS)}.`);
    case "gone":
      return new Stopped("worker_lost");
  }
}

const units = [
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** A limit in words, by the largest unit that it is whole in. */
export function spanOf(ms: number): string {
  const [unit, size] = units.find(([, one]) => ms >= one && ms % one === 0) ?? ["second", 1_000];
  const count = Math.round(ms / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
