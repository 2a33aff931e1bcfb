import { Prisma, type Tx } from "@branchline/db";
import { z } from "zod";
import { explainGone, type HandledHead } from "../branch-heads/rules.ts";
import type { Ctx } from "../ctx.ts";
import { limitsOf } from "../deploy-profiles/queries.ts";
import { refusalOfProfile } from "../deploy-profiles/rules.ts";
import { Refusal } from "../errors.ts";
import { move } from "../move.ts";
import { type Mutation, mutate } from "../mutate.ts";
import { ensureStage } from "../stages/ensure.ts";
import type { Slot } from "./slot.ts";
import { stackRepairs } from "./stack-repair.ts";

export const QueueDeployment = z.object({
  serviceId: z.uuid(),
  stage: z.string().min(1),
  deployProfileId: z.uuid(),
  branch: z.string().min(1),
  /** Null: the branch's head, which the worker pins. */
  commit: z
    .object({ sha: z.string(), message: z.string(), author: z.string(), authorLogin: z.string().nullable() })
    .nullable(),
  /** Instead of the head: what the SHA begins with of a commit that has to be on the branch, which the worker finds out. */
  wantedCommit: z.string().nullable().default(null),
  trigger: z.enum(["push", "manual"]),
  triggeredByAvatar: z.string().nullable(),
  because: z.string(),
  deliveryId: z.string().nullable(),
  /** What may be done first to a stack that can't be deployed to. */
  repair: z.enum(stackRepairs).nullable().default(null),
  /** Which stack that is. */
  stackName: z.string().nullable().default(null),
  /** Logical ids of resources that a continued rollback leaves as they are. */
  repairSkips: z.array(z.string().regex(/^[A-Za-z0-9]{1,255}$/, "is a resource's logical id")).default([]),
});
export type QueueDeployment = z.input<typeof QueueDeployment>;
type Parsed = z.output<typeof QueueDeployment>;

export type QueuedDeployment = { deploymentId: string; number: number };

/**
 * Station 4: one transaction inserts the deployment, supersedes older queued siblings, and writes the audit entry.
 * The same delivery for the same service and stage gives the deployment that it gave before.
 */
export async function queueDeployment(ctx: Ctx, input: QueueDeployment): Promise<QueuedDeployment> {
  const parsed = QueueDeployment.parse(input);
  try {
    return await queueNew(ctx, parsed);
  } catch (error) {
    if (error instanceof QueuedBefore) return error.queued;
    throw error;
  }
}

/** Nothing is changed: no number is taken, and nothing is in the audit a second time. */
class QueuedBefore extends Error {
  readonly queued: QueuedDeployment;

  constructor(queued: QueuedDeployment) {
    super();
    this.queued = queued;
  }
}

function queueNew(ctx: Ctx, input: Parsed): Promise<QueuedDeployment> {
  return mutate(ctx, "deployment.queue", async (mutation) => {
    const queued = await insertOnce(ctx, mutation.tx, input);
    await settleSiblings(ctx, mutation, queued);
    const { deploymentId, number } = queued;
    const { stage, branch, because, repair } = input;
    const detail = { stage, branch, because, ...(repair === null ? {} : { repair }) };
    return {
      result: { deploymentId, number },
      change: { subjectKind: "deployment", subjectId: deploymentId, subjectName: `#${number}`, detail },
    };
  });
}

type Inserted = QueuedDeployment &
  Slot & {
    everyCommit: boolean;
    refusal: ReturnType<typeof refusalOfProfile>;
  };

async function insertOnce(ctx: Ctx, tx: Tx, input: Parsed): Promise<Inserted> {
  // The organization's row is the lock under which numbers are given and duplicates are seen.
  const organization = await tx.organization.update({
    where: { id: ctx.organizationId },
    data: { nextDeploymentNumber: { increment: 1 } },
    select: { nextDeploymentNumber: true },
  });
  const { service, stage, profile, head } = await load(ctx, tx, input);
  const { everyCommit } = service;
  const slot: Slot = { serviceId: service.id, stageId: stage.id, region: profile.region };
  const refusal = refusalOfProfile(limitsOf(profile), { branch: input.branch, stage: input.stage });
  const earlier = await findEarlier(tx, slot, input);
  if (earlier !== null) throw new QueuedBefore({ deploymentId: earlier.id, number: earlier.number });
  await refuseOvertaken(tx, { head, everyCommit }, slot, input);
  const number = organization.nextDeploymentNumber - 1;
  const row = await tx.deployment.create({
    data: {
      ...slot,
      organizationId: ctx.organizationId,
      number,
      deployProfileId: profile.id,
      repositoryId: service.repositoryId,
      branch: input.branch,
      commitSha: input.commit?.sha ?? null,
      commitMessage: input.commit?.message ?? "",
      commitAuthor: input.commit?.author ?? "",
      commitAuthorLogin: input.commit?.authorLogin ?? null,
      wantedCommit: input.wantedCommit,
      trigger: input.trigger,
      triggeredBy: ctx.actor.name,
      triggeredByAvatar: input.triggeredByAvatar,
      because: input.because,
      deliveryId: input.deliveryId,
      repair: input.repair,
      stackName: input.stackName,
      repairSkips: input.repairSkips,
      queuedAt: ctx.now(),
    },
    select: { id: true },
  });
  return { ...slot, deploymentId: row.id, number, everyCommit, refusal };
}

/**
 * Under the lock: what a later delivery of the branch has queued is never followed by an earlier one's, and a branch that was
 * deleted since its head was taken deploys nothing. Where every push
 * deploys, an earlier one may still come as long as no later one has queued for the same slot.
 */
async function refuseOvertaken(
  tx: Tx,
  { head, everyCommit }: { head: HandledHead | null; everyCommit: boolean },
  slot: Slot,
  { branch, deliveryId }: Parsed,
): Promise<void> {
  if (deliveryId === null) return;
  if (head === null) throw new Refusal("conflict", explainGone(branch));
  if (head.deliveryId === null || head.deliveryId === deliveryId) return;
  if (everyCommit && !(await isFollowed(tx, slot, deliveryId))) return;
  throw new Refusal("conflict", `superseded: \`${branch}\` is at ${head.sha.slice(0, 7)} now`);
}

/** Raw SQL: the moments are of the database's clock, finer than a Date. */
async function isFollowed(tx: Tx, { serviceId, stageId, region }: Slot, deliveryId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ followed: boolean }[]>(Prisma.sql`
    SELECT EXISTS (
      SELECT FROM deployments
      JOIN webhook_deliveries later ON later.id = deployments.delivery_id
      JOIN webhook_deliveries mine ON mine.id = ${deliveryId}
      WHERE service_id = ${serviceId}::uuid AND stage_id = ${stageId}::uuid AND region = ${region}
        AND later.head_at > mine.head_at) AS followed`);
  return row?.followed ?? false;
}

/** In one question, since the organization's other deployments wait meanwhile. */
async function load({ organizationId }: Ctx, tx: Tx, { serviceId, deployProfileId, stage, branch }: Parsed) {
  const found = await tx.service.findFirst({
    where: { id: serviceId, organizationId },
    include: {
      app: { include: { stages: { where: { name: stage } } } },
      organization: { include: { deployProfiles: { where: { id: deployProfileId } } } },
      repository: { include: { branchHeads: { where: { branch } } } },
    },
  });
  const [profile] = found?.organization.deployProfiles ?? [];
  if (found === null || profile === undefined)
    throw new Refusal("not_found", "There is no such service or deploy profile.");
  const { appId, repositoryId, repository } = found;
  if (repositoryId === null)
    throw new Refusal("invalid", "The service has no repository. Choose one in its CI/CD settings.");
  return {
    service: { ...found, repositoryId },
    profile,
    stage: found.app.stages[0] ?? (await ensureStage(tx, { organizationId, appId, name: stage })),
    head: repository?.branchHeads[0] ?? null,
  };
}

async function findEarlier(tx: Tx, slot: Slot, { deliveryId }: Parsed) {
  if (deliveryId === null) return null;
  return tx.deployment.findFirst({ where: { ...slot, deliveryId }, select: { id: true, number: true } });
}

async function settleSiblings(ctx: Ctx, mutation: Mutation, queued: Inserted): Promise<void> {
  const { tx, ring } = mutation;
  const { refusal, deploymentId } = queued;
  if (refusal !== null) {
    const facts = { reason: refusal.reason, reasonDetail: refusal.sentence, finishedAt: ctx.now() };
    await move(tx, deploymentId, { from: "queued", to: "failed" }, facts);
    ring({ name: "deployment.report", payload: { deploymentId } });
    return;
  }
  if (!queued.everyCommit) await supersedeOlder(ctx, mutation, queued);
  ring({ name: "deployment.report", payload: { deploymentId } });
  ring({ name: "deployment.admit", payload: {} });
}

async function supersedeOlder(
  ctx: Ctx,
  { tx, ring }: Mutation,
  { number, serviceId, stageId, region }: Inserted,
): Promise<void> {
  const older = await tx.deployment.findMany({
    where: { serviceId, stageId, region, status: "queued", number: { lt: number } },
    select: { id: true },
  });
  for (const { id } of older) {
    const facts = { reason: "superseded", supersededByNumber: number, finishedAt: ctx.now() } as const;
    const superseded = await move(tx, id, { from: "queued", to: "cancelled" }, facts);
    if (superseded) ring({ name: "deployment.report", payload: { deploymentId: id } });
  }
}
