import { type DeploymentView, getDeployment } from "@branchline/core/deployments/queries";
import { readWholeLog } from "@branchline/core/logs/queries";
import { listDeliveries } from "@branchline/core/webhook-deliveries/queries";
import type { Scene } from "./scene.ts";

export type EndedDeployment = DeploymentView & { log: string };

/** What became of the delivery of a push, once it is settled. */
export function settledDelivery({ until, ctx }: Scene, sha: string) {
  return until(async () => {
    const rows = await listDeliveries(ctx);
    return rows.find((row) => row.headSha === sha && row.settledAt !== null);
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
