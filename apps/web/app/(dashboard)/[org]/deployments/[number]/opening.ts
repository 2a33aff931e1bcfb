import type { Ctx } from "@branchline/core/ctx";
import type { DeploymentView } from "@branchline/core/deployments/queries";
import { isTerminal } from "@branchline/core/deployments/status";
import { readOpening } from "@branchline/core/logs/queries";
import type { LogPart } from "@branchline/ui/log-store";
import { idOf } from "@/lib/live/frames";

/** What the page brings of a log. */
export type Opening = {
  parts: LogPart[];
  isFromStart: boolean;
  /** There is no more of it, and none will come. */
  isWhole: boolean;
  /** The chunk after which the stream goes on; null: it tells all of it. */
  after: string | null;
};

/** A failure opens where it failed, and what runs opens where it is. */
export async function openingOf({ db }: Ctx, deployment: DeploymentView): Promise<Opening> {
  const { deploymentId, status, failureLine, logLines } = deployment;
  const isOver = isTerminal(status);
  const { chunks, isFromStart } = await readOpening(db, deploymentId, isOver ? failureLine : "end");
  const last = chunks.at(-1);
  const lastLine = last === undefined ? 0 : last.firstLine + last.lineCount - 1;
  return {
    parts: chunks.map(({ firstLine, text, continues, at }) => ({ firstLine, text, continues, at })),
    isFromStart,
    isWhole: isOver && isFromStart && lastLine >= logLines,
    after: isFromStart && last !== undefined ? idOf(last) : null,
  };
}
