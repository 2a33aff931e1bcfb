import type { Ctx } from "../ctx.ts";
import { mutate } from "../mutate.ts";
import { type Leak, leaksOf } from "./leaks.ts";
import type { PhaseOwner } from "./phases.ts";

/**
 * Tells that a build printed secrets in a form that a log can't hide: on the deployment's page, and in the audit.
 * @returns false when the deployment is another worker's now
 */
export async function raiseAlarm(ctx: Ctx, { deploymentId, epoch }: PhaseOwner, leaks: Leak[]): Promise<boolean> {
  const where = { id: deploymentId, organizationId: ctx.organizationId, epoch };
  const row = await ctx.db.deployment.findFirst({ where });
  if (row === null) return false;
  return mutate(ctx, "deployment.raise_alarm", async ({ tx }) => {
    const { count } = await tx.deployment.updateMany({ where, data: { leaks: [...leaksOf(row.leaks), ...leaks] } });
    const subject = { subjectKind: "deployment", subjectId: deploymentId, subjectName: `#${row.number}` };
    return { result: count === 1, change: { ...subject, detail: { leaks } } };
  });
}
