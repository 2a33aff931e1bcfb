"use client";

import type { PhaseView } from "@branchline/core/deployments/queries";
import { Duration } from "@branchline/ui/duration";
import { durationText } from "@branchline/ui/duration-text";
import type { LogGroup } from "@branchline/ui/log-view";
import { StatusMark, type Tone } from "@branchline/ui/status-mark";
import classes from "./deployment.module.css";

const tones: Record<PhaseView["status"], Tone> = { running: "busy", succeeded: "good", failed: "bad", skipped: "off" };

type Props = { phases: PhaseView[]; onOpen: (line: number) => void };

export function PhaseList({ phases, onOpen }: Props) {
  return (
    <nav className={classes.phases} aria-label="Phases">
      <h2 className={classes.heading}>Phases</h2>
      {phases.length === 0 && <p className={classes.quiet}>No phase began.</p>}
      <ol className={classes.phaselist}>
        {phases.map((phase) => (
          <li key={`${phase.epoch}.${phase.name}`}>
            <button type="button" className={classes.phase} onClick={() => onOpen(phase.firstLine)}>
              <StatusMark tone={tones[phase.status]} word={phase.name} />
              <span className={classes.quiet}>
                {phase.status === "skipped" ? "skipped" : <Duration from={phase.startedAt} to={phase.finishedAt} />}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The log's headings. A phase that ran again after a lost worker has a heading of its own. */
export function groupsOf(phases: PhaseView[]): LogGroup[] {
  return phases.map((phase) => ({
    key: `${phase.epoch}.${phase.name}`,
    label: phase.name,
    firstLine: phase.firstLine,
    detail: detailOf(phase),
    failed: phase.status === "failed",
  }));
}

function detailOf({ status, note, startedAt, finishedAt }: PhaseView): string {
  const took = finishedAt === null ? "" : durationText(finishedAt.getTime() - startedAt.getTime());
  if (status === "running") return "running";
  if (status === "skipped") return note === null ? "skipped" : `skipped: ${note}`;
  return status === "failed" ? `failed after ${took}` : took;
}
