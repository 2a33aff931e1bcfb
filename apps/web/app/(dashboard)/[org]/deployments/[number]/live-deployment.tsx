"use client";

import type { DeploymentView, StackEventView } from "@branchline/core/deployments/queries";
import { type DeploymentStatus, isTerminal } from "@branchline/core/deployments/status";
import { gapText } from "@branchline/core/logs/rules";
import { createLogStore, type LogPart } from "@branchline/ui/log-store";
import { LogView } from "@branchline/ui/log-view";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { eventKey, phaseKey, useDeploymentStream } from "@/lib/live/use-deployment-stream";
import classes from "./deployment.module.css";
import { groupsOf, PhaseList } from "./phase-list";
import { ResourceList } from "./resource-list";

type Props = {
  deployment: DeploymentView;
  parts: LogPart[];
  after: string | null;
  /** The page brought the whole log. */
  isWhole: boolean;
  children: ReactNode;
};

function emptyTextOf(status: DeploymentStatus): string {
  if (status === "queued") return "It has not started yet.";
  return isTerminal(status) ? "It ended before it began, so there is no log." : "No line yet.";
}

const isOfStack = ({ resourceType }: StackEventView) => resourceType === "AWS::CloudFormation::Stack";

/** Phases, log and resources of one deployment, as they come. */
export function LiveDeployment({ deployment, parts, after, isWhole, children }: Props) {
  const { deploymentId, status, failureLine } = deployment;
  const router = useRouter();
  const [store] = useState(() => createLogStore(parts));
  const [first] = useState({ after, isWhole });
  const [wish, setWish] = useState<{ line: number } | null>(null);
  const heard = useDeploymentStream({
    deploymentId,
    status,
    store,
    after: first.after,
    isOpen: !first.isWhole,
    onStatus: router.refresh,
  });
  const phases = useMemo(() => {
    const all = new Map(deployment.phases.map((phase) => [phaseKey(phase), phase]));
    for (const [key, phase] of heard.phases) if (all.get(key)?.finishedAt == null) all.set(key, phase);
    return [...all.values()];
  }, [deployment.phases, heard.phases]);
  const events = useMemo(() => {
    const all = new Map(deployment.stackEvents.map((event) => [eventKey(event), event]));
    for (const [key, event] of heard.resources) all.set(key, event);
    return [...all.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
  }, [deployment.stackEvents, heard.resources]);
  const stackNews = events.filter(isOfStack).length - deployment.stackEvents.filter(isOfStack).length;
  useEffect(() => {
    // What the page's head shows and offers depends on the stack's own state.
    if (stackNews > 0) router.refresh();
  }, [stackNews, router]);
  const groups = useMemo(() => groupsOf(phases), [phases]);
  return (
    <div className={classes.columns}>
      <PhaseList phases={phases} onOpen={(line) => setWish({ line })} />
      <section className={classes.log} aria-label="Log">
        <LogView
          store={store}
          groups={groups}
          failureLine={failureLine}
          live={!isTerminal(status)}
          downloadHref={`/api/deployments/${deploymentId}/log`}
          wish={wish}
          gapText={gapText}
          emptyText={emptyTextOf(status)}
        />
        <noscript>
          <a href={`/api/deployments/${deploymentId}/log`}>The whole log as text</a>
        </noscript>
      </section>
      <aside className={classes.side} aria-label="What changed">
        <ResourceList
          events={events}
          changes={deployment.resourceChanges}
          status={status}
          finishedAt={deployment.finishedAt}
        />
        {children}
      </aside>
    </div>
  );
}
