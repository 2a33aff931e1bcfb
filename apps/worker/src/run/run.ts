import { endPhase, startPhase } from "@branchline/core/deployments/phases";
import type { Work } from "@branchline/core/deployments/work";
import type { PhaseName } from "@branchline/db";
import type { Egress, Sandbox, Workspace } from "@branchline/runner";
import type { Parts } from "../parts.ts";
import type { RunLog } from "./log.ts";
import type { OpenParameters } from "./parameters.ts";
import { Stopped } from "./stopped.ts";

/** One deployment under way in this worker. */
export type Run = {
  parts: Parts;
  work: Work;
  log: RunLog;
  parameters: OpenParameters;
  workspace: Workspace;
  egress: Egress;
  sandbox: Sandbox;
  /** Aborts when the deployment is lost to another worker, or when somebody asked to cancel it. */
  signal: AbortSignal;
};

/** Runs one phase: its row begins and ends with it, whatever happens in it. */
export async function inPhase<T>(run: Run, name: PhaseName, work: (firstLine: number) => Promise<T>): Promise<T> {
  const firstLine = await run.log.nextLine();
  await begin(run, name, firstLine);
  try {
    const result = await work(firstLine);
    await end(run, name, "succeeded", null);
    return result;
  } catch (error) {
    const note = error instanceof Stopped ? (error.detail ?? null) : null;
    await end(run, name, "failed", note);
    throw error;
  }
}

export async function skipPhase(run: Run, name: PhaseName, note: string): Promise<void> {
  await begin(run, name, await run.log.nextLine());
  await run.log.say(note);
  await end(run, name, "skipped", note);
}

async function begin({ parts, work }: Run, name: PhaseName, firstLine: number): Promise<void> {
  const isOurs = await startPhase(parts.db, work, name, firstLine, parts.now());
  if (!isOurs) throw new Stopped("worker_lost");
  await parts.tail.publish(work.deploymentId, "phase");
}

async function end(
  { parts, work, log }: Run,
  name: PhaseName,
  status: "succeeded" | "failed" | "skipped",
  note: string | null,
) {
  await log.nextLine();
  await endPhase(parts.db, { deploymentId: work.deploymentId, epoch: work.epoch }, name, {
    status,
    note,
    at: parts.now(),
  });
  await parts.tail.publish(work.deploymentId, "phase");
}
