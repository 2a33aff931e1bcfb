import { type DeploymentView, getDeployment } from "@branchline/core/deployments/queries";
import { readWholeLog } from "@branchline/core/logs/queries";
import type { DeliveryTarget } from "@branchline/core/webhook-deliveries/settle";
import type { Scene } from "./scene.ts";

export type EndedDeployment = DeploymentView & { log: string };

type Settled = { explanation: string | null; targets: DeliveryTarget[] };

/** What became of the delivery of a push, once it is settled, however many others were received since. */
export function settledDelivery({ until, ctx }: Scene, sha: string): Promise<Settled> {
  const { db, organizationId } = ctx;
  const where = { organizationId, headSha: sha, settledAt: { not: null } };
  return until(async () => {
    const row = await db.webhookDelivery.findFirst({ where, orderBy: { receivedAt: "desc" } });
    return row === null ? null : { explanation: row.explanation, targets: row.targets as DeliveryTarget[] };
  });
}

/** The deployments that a push led to, once they are ended. */
export async function deploymentsOf(scene: Scene, sha: string) {
  const { targets, explanation } = await settledDelivery(scene, sha);
  const numbers = targets.flatMap(({ deploymentNumber }) => deploymentNumber ?? []);
  return {
    targets,
    explanation,
    deployments: await Promise.all(numbers.map((number) => endedDeployment(scene, number))),
  };
}

/** The number of the one deployment that a push led to, as soon as it is queued. */
export async function queuedDeployment(scene: Scene, sha: string): Promise<number> {
  const { targets, explanation } = await settledDelivery(scene, sha);
  const number = targets[0]?.deploymentNumber;
  if (number === undefined || number === null) throw new Error(`Nothing was queued: ${explanation}`);
  return number;
}

export async function endedDeployment(scene: Scene, number: number): Promise<EndedDeployment> {
  const deployment = await scene.until(async () => {
    const row = await getDeployment(scene.ctx, number);
    return row.finishedAt === null ? null : row;
  });
  return { ...deployment, log: await readLog(scene, deployment.deploymentId) };
}

export async function readLog({ ctx }: Scene, deploymentId: string): Promise<string> {
  let log = "";
  for await (const part of readWholeLog(ctx.db, deploymentId)) log += part;
  return log;
}
