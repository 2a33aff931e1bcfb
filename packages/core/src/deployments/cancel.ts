import type { Db } from "@branchline/db";
import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { move } from "../move.ts";
import { mutate } from "../mutate.ts";
import { isTerminal } from "./status.ts";

export const CancelDeployment = z.object({
  deploymentId: z.uuid(),
  /** Deletes the stack when this deployment is about to create it: CloudFormation can't cancel a creation. */
  deletesStack: z.stringbool().or(z.boolean()).default(false),
});
export type CancelDeployment = z.input<typeof CancelDeployment>;

/**
 * A queued deployment is cancelled at once; a running one is asked to stop, which its worker hears with its next beat. One
 * that waits without a worker is called back for that.
 */
export async function cancelDeployment(ctx: Ctx, input: CancelDeployment): Promise<void> {
  const { deploymentId, deletesStack } = CancelDeployment.parse(input);
  await mutate(ctx, "deployment.cancel", async ({ tx, ring }) => {
    const row = await tx.deployment.findFirst({ where: { id: deploymentId, organizationId: ctx.organizationId } });
    if (row === null) throw new Refusal("not_found", "There is no such deployment.");
    if (isTerminal(row.status)) throw new Refusal("conflict", "This deployment has already ended.");
    const facts = {
      reason: "cancelled_by_person",
      reasonDetail: `Cancelled by ${ctx.actor.name}.`,
      finishedAt: ctx.now(),
    } as const;
    const wasQueued = await move(tx, deploymentId, { from: "queued", to: "cancelled" }, facts);
    if (wasQueued) {
      ring({ name: "deployment.report", payload: { deploymentId } });
      ring({ name: "deployment.admit", payload: {} });
    } else {
      const running = { id: deploymentId, status: "running" } as const;
      const asked = { cancelAskedAt: ctx.now(), cancelAskedBy: ctx.actor.name, cancelDeletesStack: deletesStack };
      await tx.deployment.updateMany({
        where: { ...running, cancelAskedAt: null },
        data: { ...asked, parkedSince: null },
      });
      const waiting = { ...running, parkedBecause: { not: null }, parkedSince: null };
      const { count } = await tx.deployment.updateMany({ where: waiting, data: { leaseUntil: null } });
      if (count === 1) ring({ name: "deployment.run", payload: { deploymentId } });
    }
    const change = { subjectKind: "deployment", subjectId: deploymentId, subjectName: `#${row.number}` };
    return { result: undefined, change };
  });
}

/** Whether the person who cancelled it wished that a stack under creation is deleted. */
export async function deletesCancelledStack(db: Db, { deploymentId }: { deploymentId: string }): Promise<boolean> {
  const row = await db.deployment.findUnique({ where: { id: deploymentId }, select: { cancelDeletesStack: true } });
  return row?.cancelDeletesStack ?? false;
}
