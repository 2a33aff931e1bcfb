import { type Tx, transact } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { type MoveFacts, move } from "../move.ts";
import type { PhaseOwner } from "./phases.ts";
import type { TerminalStatus } from "./status.ts";

export type OutputFact = {
  kind: "output" | "endpoint" | "function";
  key: string;
  value: string;
  /** What was uploaded for a function. */
  bytes?: number | null;
};

export type Verdict = {
  status: TerminalStatus;
  facts: Pick<MoveFacts, "reason" | "reasonDetail" | "stackStatus" | "failureLine">;
  outputs: OutputFact[];
};

/**
 * Station 7: the verdict. Frees the slot, stores the outputs, and rings for the report and for whoever waits.
 * @returns false when the deployment is another worker's now, and nothing was written
 */
export async function finishDeployment(
  ctx: Ctx,
  { deploymentId, epoch }: PhaseOwner,
  verdict: Verdict,
): Promise<boolean> {
  const finished = await transact(ctx.db, async (tx) => {
    const facts = { ...verdict.facts, finishedAt: ctx.now() };
    const moved = await move(tx, deploymentId, { from: "running", to: verdict.status }, facts, epoch);
    if (moved) await storeOutputs(tx, deploymentId, verdict.outputs);
    return moved;
  });
  if (finished) {
    await ctx.doorbell.ring([
      { name: "deployment.report", payload: { deploymentId } },
      { name: "deployment.admit", payload: {} },
    ]);
  }
  return finished;
}

async function storeOutputs(tx: Tx, deploymentId: string, outputs: OutputFact[]): Promise<void> {
  if (outputs.length === 0) return;
  const { organizationId, serviceId, stageId, region } = await tx.deployment.findUniqueOrThrow({
    where: { id: deploymentId },
  });
  const data = outputs.map((output) => ({ ...output, organizationId, serviceId, stageId, region, deploymentId }));
  await tx.output.createMany({ data, skipDuplicates: true });
}
