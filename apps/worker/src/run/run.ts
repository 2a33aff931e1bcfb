import type { Work } from "@branchline/core/deployments/work";
import type { PhaseName } from "@branchline/db";
import type { PhaseHosts, Sandbox, Workspace } from "@branchline/runner";
import type { Parts } from "../parts.ts";
import type { RunLog } from "./log.ts";
import type { OpenParameters } from "./parameters.ts";
import type { RunRecord } from "./record.ts";
import type { Session } from "./session.ts";
import { Stopped } from "./stopped.ts";

/** One deployment under way in this worker. */
export type Run = {
  parts: Parts;
  work: Work;
  log: RunLog;
  record: RunRecord;
  parameters: OpenParameters;
  session: Session;
  workspace: Workspace;
  sandbox: Sandbox;
  hosts: PhaseHosts;
  /** The phase that runs, or ran last. */
  phase: PhaseName;
  /** Aborts when the run must stop, whatever for. */
  signal: AbortSignal;
  /** Aborts when the deployment is, or may soon be, another worker's. */
  gone: AbortSignal;
};

/** Runs one phase: its row begins and ends with it, whatever happens in it. */
export async function inPhase<T>(run: Run, name: PhaseName, work: (firstLine: number) => Promise<T>): Promise<T> {
  const firstLine = await beginPhase(run, name);
  try {
    const result = await work(firstLine);
    await endPhaseWith(run, name, "succeeded", null);
    return result;
  } catch (error) {
    await endPhaseWith(run, name, "failed", error instanceof Stopped ? (error.detail ?? null) : null);
    throw error;
  }
}

export async function skipPhase(run: Run, name: PhaseName, note: string): Promise<void> {
  await beginPhase(run, name);
  await run.log.say(note);
  await endPhaseWith(run, name, "skipped", note);
}

/** @returns the number of its first line */
export async function beginPhase(run: Run, name: PhaseName): Promise<number> {
  const { parts, work, log, record } = run;
  const firstLine = await log.nextLine();
  const isOurs = await record.startPhase(name, firstLine);
  if (!isOurs) throw new Stopped("worker_lost");
  run.phase = name;
  await parts.tail.publish(work.deploymentId, "phase");
  return firstLine;
}

export async function endPhaseWith(
  { parts, work, log, record }: Run,
  name: PhaseName,
  status: "succeeded" | "failed" | "skipped",
  note: string | null,
): Promise<void> {
  await log.nextLine();
  await record.endPhase(name, status, note);
  await parts.tail.publish(work.deploymentId, "phase");
}
