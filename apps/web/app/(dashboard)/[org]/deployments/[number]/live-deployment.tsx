"use client";

import type { DeploymentView, StackEventView } from "@branchline/core/deployments/queries";
import { type DeploymentStatus, isTerminal } from "@branchline/core/deployments/status";
import { gapText, linesAre } from "@branchline/core/logs/rules";
import { createLogStore } from "@branchline/ui/log-store";
import { LogView } from "@branchline/ui/log-view";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { PauseNote } from "@/lib/live/pause-note";
import { eventKey, phaseKey, useDeploymentStream } from "@/lib/live/use-deployment-stream";
import classes from "./deployment.module.css";
import type { Opening } from "./opening";
import { groupsOf, PhaseList } from "./phase-list";
import { ResourceList } from "./resource-list";

type Props = {
  deployment: DeploymentView;
  opening: Opening;
  children: ReactNode;
};

function emptyTextOf(status: DeploymentStatus): string {
  if (status === "queued") return "It has not started yet.";
  return isTerminal(status) ? "It ended before it began, so there is no log." : "No line yet.";
}

function gapTextOf(lines: number, isSettled: boolean): string {
  if (isSettled) return gapText(lines);
  return `… ${linesAre(lines)} on the way …`;
}

const isOfStack = ({ resourceType }: StackEventView) => resourceType === "AWS::CloudFormation::Stack";

/** Phases, log and resources of one deployment, as they come. */
export function LiveDeployment({ deployment, opening, children }: Props) {
  const { deploymentId, status, failureLine } = deployment;
  const router = useRouter();
  const [first] = useState(opening);
  const [store] = useState(() => createLogStore(first.parts, first.isFromStart));
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
          isArriving={isTerminal(status) && !heard.isOver}
          downloadHref={`/api/deployments/${deploymentId}/log`}
          wish={wish}
          emptyText={emptyTextOf(status)}
          gapText={gapTextOf}
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
      <PauseNote why={heard.pause} />
    </div>
  );
}
