import type { Ctx } from "@branchline/core/ctx";
import { type DeploymentView, getDeployment } from "@branchline/core/deployments/queries";
import { readWholeLog } from "@branchline/core/logs/queries";
import { until } from "../until.ts";

const queueMs = 30_000;
const deployMs = 6 * 60_000;

/** The deployment of a service that a merge led to. @throws Error when there is none in time */
export async function findDeploymentOf(ctx: Ctx, sha: string, service = "orders"): Promise<DeploymentView> {
  const { db, organizationId } = ctx;
  const where = { organizationId, commitSha: sha, service: { slug: service } };
  return await until(`the merge is queued as a deployment of ${service}`, queueMs, async () => {
    const row = await db.deployment.findFirst({ where, select: { number: true } });
    return row === null ? null : await getDeployment(ctx, row.number);
  });
}

/** The deployment once it has ended, however it ended. @throws Error when it has not in time */
export async function waitForEnd(ctx: Ctx, number: number): Promise<DeploymentView> {
  return await until(`deployment #${number} ends`, deployMs, async () => {
    const deployment = await getDeployment(ctx, number);
    return deployment.finishedAt === null ? null : deployment;
  });
}

/** The last lines of its masked log. */
export async function endOfLog(ctx: Ctx, deploymentId: string, lines: number): Promise<string[]> {
  let text = "";
  for await (const chunk of readWholeLog(ctx.db, deploymentId)) text += chunk;
  return text.trimEnd().split("\n").slice(-lines);
}
