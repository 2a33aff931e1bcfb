import { AwsUnavailable } from "@branchline/aws";
import { GithubUnavailable } from "@branchline/github";
import { Parked } from "./parked.ts";
import type { Run } from "./run.ts";
import { Stopped } from "./stopped.ts";

const firstPauseMs = 5_000;
const longestPauseMs = 60_000;

/** Whether a deployment that waits has not waited too long. */
export const isPatient = (run: Run) => waitedMs(run) < run.parts.env.STACK_PATIENCE_MS;

/**
 * What a question to GitHub or AWS that met no answer makes of a deployment: it waits without a worker and asks again, less
 * and less often. A plain no ends it at once, and so does patience that is over, unless AWS was touched.
 * @returns null when the error is something else
 */
export function endOfOutage(run: Run, error: unknown): Parked | Stopped | null {
  if (!(error instanceof AwsUnavailable || error instanceof GithubUnavailable)) return null;
  const { refused, unavailable } = error instanceof AwsUnavailable ? reasons.aws : reasons.github;
  const told = `${error.message}.`;
  if (run.work.mutation === null) {
    if (error.isRefused) return new Stopped(refused, told);
    if (!isPatient(run)) return new Stopped(unavailable, told);
  }
  return new Parked(told, pauseOf(error) ?? backoffMs(run));
}

const reasons = {
  aws: { refused: "permission_missing", unavailable: "aws_unavailable" },
  github: { refused: "repository_removed", unavailable: "github_unavailable" },
} as const;

const waitedMs = ({ work }: Run) => work.waitedMs ?? 0;

/** And up to as much more: those that wait for the same don't ask at once. */
function backoffMs(run: Run): number {
  return Math.min(longestPauseMs, firstPauseMs + waitedMs(run) / 4) * (1 + Math.random());
}

const pauseOf = (error: AwsUnavailable | GithubUnavailable) =>
  error instanceof GithubUnavailable ? error.retryAfterMs : null;
