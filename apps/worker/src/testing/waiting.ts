import { getDeployment } from "@branchline/core/deployments/queries";
import type { PhaseName } from "@branchline/db";
import { accounts } from "@branchline/testing/aws-accounts";
import { type Stacks, stacksOf } from "@branchline/testing/aws-stacks";
import { type Clone, cloneRepository } from "@branchline/testing/scene/clone";
import { until } from "@branchline/testing/until";
import { queuedDeployment } from "./deployments.ts";
import { enableRepository, type Scene } from "./scene.ts";
import { inFolder, type WaitingService, waitingService } from "./waiting-service.ts";

export const stepMs = 120_000;

export type Waiting = {
  clone: Clone;
  /** Its stack in staging. */
  stack: Stacks;
  /** Changes the service on develop. @returns the commit */
  push(wishes: WaitingService): Promise<string>;
  /** The same; returns the number of the deployment that it led to, as soon as it is queued. */
  deploy(wishes: WaitingService): Promise<number>;
};

/** A service in a repository of its own, which was never deployed. */
export async function waitingRepository(scene: Scene, name: string): Promise<Waiting> {
  await inFolder(waitingService(name), (folder) => enableRepository(scene, name, folder));
  const clone = await cloneRepository(scene.world.github, scene.token, `acme/${name}`);
  const push = (wishes: WaitingService) => clone.push("develop", waitingService(name, wishes), "Change");
  return {
    clone,
    push,
    deploy: async (wishes) => queuedDeployment(scene, await push(wishes)),
    stack: await stacksOf(scene.world.aws, accounts.staging, `${name}-staging`),
  };
}

/** Settles when a phase of the deployment runs, in an attempt after `epoch`. */
export async function inPhase({ ctx }: Scene, number: number, name: PhaseName, epoch = 0): Promise<void> {
  await until(`the phase ${name} of #${number}`, stepMs, async () => {
    const { phases } = await getDeployment(ctx, number);
    return phases.find((phase) => phase.name === name && phase.status === "running" && phase.epoch > epoch) ?? null;
  });
}

/** Settles when CloudFormation is at work on a deployment and waits for a signal. */
export async function waits({ ctx }: Scene, number: number, logicalId: string): Promise<void> {
  await until(`#${number} waits for ${logicalId}`, stepMs, async () => {
    const { stackEvents } = await getDeployment(ctx, number);
    return stackEvents.find((event) => event.logicalId === logicalId) ?? null;
  });
}

/** Settles with what the deployment waits for, when it does so without a worker. */
export function parked({ ctx }: Scene, number: number): Promise<string> {
  return until(`#${number} is parked`, stepMs, async () => {
    const row = await ctx.db.deployment.findFirst({ where: { number, parkedBecause: { not: null } } });
    return row?.parkedBecause ?? null;
  });
}
