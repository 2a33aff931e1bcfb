import type { AcceptedChange } from "@branchline/testing/aws-door";
import type { History, Told } from "./histories.ts";
import { type Judgement, judgementOf } from "./judgement.ts";

/** P2: no deployment changes its stack twice, and no two of a service run at once. */
export function judgeDoubles(accepted: readonly AcceptedChange[], histories: readonly History[]): Judgement {
  return judgementOf([...repeated(accepted), ...histories.flatMap(overlapping)]);
}

function repeated(accepted: readonly AcceptedChange[]): string[] {
  const changes = Map.groupBy(accepted, ({ deploymentId, stackName }) => `${deploymentId} of ${stackName}`);
  return [...changes]
    .filter(([name, { length }]) => length > 1 || name.startsWith("null"))
    .map(([name, { length }]) => `doubled: ${length} changes of the stack by deployment ${name}`);
}

function overlapping({ service, moments }: History): string[] {
  const runs = moments.flatMap(({ told }) => told).filter(hasRun);
  const inOrder = runs.toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
  return inOrder.slice(1).flatMap((run, index) => {
    const before = inOrder[index];
    if (before === undefined || (run.startedAt ?? 0) >= (before.completedAt ?? 0)) return [];
    return [`doubled: ${service}: ${run.deploymentId} began before ${before.deploymentId} had ended`];
  });
}

const hasRun = ({ conclusion }: Told) => conclusion === "success" || conclusion === "failure";
