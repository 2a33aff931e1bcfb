"use client";

import type { StackEventView } from "@branchline/core/deployments/queries";
import type { ResourceChange } from "@branchline/core/deployments/resource-changes";
import { type DeploymentStatus, isTerminal } from "@branchline/core/deployments/status";
import { Timeline } from "@branchline/ui/timeline";
import classes from "./deployment.module.css";
import { resourcesOf } from "./resources";

type Props = {
  events: StackEventView[];
  changes: ResourceChange[];
  status: DeploymentStatus;
  finishedAt: Date | null;
};

export function ResourceList({ events, changes, status, finishedAt }: Props) {
  const isOver = isTerminal(status);
  const items = resourcesOf(events, isOver, changes);
  return (
    <section>
      <h2 className={classes.heading}>Resources</h2>
      {items.length === 0 ? (
        <p className={classes.quiet}>{isOver ? "No resource was changed." : "No change in AWS yet."}</p>
      ) : (
        <Timeline items={items} end={finishedAt ?? events.at(-1)?.at ?? new Date()} />
      )}
    </section>
  );
}
