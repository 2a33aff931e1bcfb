import type { Db, PhaseName, PhaseStatus, Prisma } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { accountOf } from "../deploy-profiles/rules.ts";
import { Refusal } from "../errors.ts";
import { type Leak, leaksOf } from "./leaks.ts";
import { type ResourceChange, resourceChangesOf } from "./resource-changes.ts";
import type { DeploymentStatus } from "./status.ts";
import { slotKey, typicalDurations } from "./typical.ts";
import { type DeploymentRow, rowOf, rowRelations } from "./view.ts";

export type RunningDeployment = DeploymentRow & {
  phase: PhaseName | null;
  typicalMs: number | null;
  lastLine: string | null;
};

export async function listRunning(ctx: Ctx): Promise<RunningDeployment[]> {
  const [rows, typical] = await Promise.all([
    ctx.db.deployment.findMany({
      where: { organizationId: ctx.organizationId, status: "running" },
      orderBy: { startedAt: "asc" },
      include: {
        ...rowRelations,
        phases: { orderBy: { startedAt: "desc" }, take: 1 },
        logChunks: { orderBy: [{ epoch: "desc" }, { seq: "desc" }], take: 1, select: { bytes: true } },
      },
    }),
    typicalDurations(ctx.db, ctx.organizationId),
  ]);
  return rows.map((row) => ({
    ...rowOf(row),
    phase: row.phases[0]?.name ?? null,
    typicalMs: typical.get(slotKey(row.serviceId, row.stageId)) ?? null,
    lastLine: lastLineOf(row.logChunks[0]?.bytes),
  }));
}

function lastLineOf(bytes: Uint8Array | undefined): string | null {
  if (bytes === undefined) return null;
  return Buffer.from(bytes).toString("utf8").trimEnd().split("\n").at(-1) ?? null;
}

export type DeploymentFilters = {
  service?: string;
  stage?: string;
  status?: DeploymentStatus;
  branch?: string;
  person?: string;
};

/** Ended deployments, newest first. `beforeNumber` is the number of the last row of the page above. */
export async function listFinished(
  ctx: Ctx,
  filters: DeploymentFilters,
  { beforeNumber, take = 50 }: { beforeNumber?: number; take?: number } = {},
): Promise<DeploymentRow[]> {
  const where: Prisma.DeploymentWhereInput = {
    organizationId: ctx.organizationId,
    status: filters.status ?? { in: ["succeeded", "failed", "cancelled"] },
  };
  if (beforeNumber !== undefined) where.number = { lt: beforeNumber };
  if (filters.service) where.service = { slug: filters.service };
  if (filters.stage) where.stage = { name: filters.stage };
  if (filters.branch) where.branch = filters.branch;
  if (filters.person) where.triggeredBy = filters.person;
  const rows = await ctx.db.deployment.findMany({ where, orderBy: { number: "desc" }, take, include: rowRelations });
  return rows.map(rowOf);
}

/** Rows of the history that branches and people are looked up in. */
const optionRows = 500;

/** What can be filtered by: every service and stage, and the branches and people of late. */
export async function listFilterOptions({ db, organizationId }: Ctx) {
  const where = { organizationId };
  const [services, stages, latest] = await Promise.all([
    db.service.findMany({ where, select: { slug: true } }),
    db.stage.findMany({ where, orderBy: { place: "asc" }, select: { name: true } }),
    db.deployment.findMany({
      where,
      orderBy: { number: "desc" },
      take: optionRows,
      select: { branch: true, triggeredBy: true },
    }),
  ]);
  const once = (values: string[]) => [...new Set(values)];
  return {
    services: once(services.map(({ slug }) => slug)).sort(),
    stages: once(stages.map(({ name }) => name)),
    branches: once(latest.map(({ branch }) => branch)).sort(),
    people: once(latest.map(({ triggeredBy }) => triggeredBy)).sort(),
  };
}

export type PhaseView = {
  epoch: number;
  name: PhaseName;
  status: PhaseStatus;
  firstLine: number;
  startedAt: Date;
  finishedAt: Date | null;
  note: string | null;
};

export type StackEventView = {
  at: Date;
  logicalId: string;
  physicalId: string | null;
  resourceType: string;
  status: string;
  reason: string | null;
};

export type DeploymentView = DeploymentRow & {
  because: string;
  profile: { slug: string; accountId: string | null; roleArn: string | null };
  repository: string;
  deliveryId: string | null;
  cancelAskedBy: string | null;
  /** It is creating a stack that was not there before: who cancels it may have the stack deleted. */
  createsStack: boolean;
  stackName: string | null;
  stackStatus: string | null;
  /** Logical ids of the resources in whose way a rollback stopped. */
  stackStuck: string[];
  logLines: number;
  failureLine: number | null;
  leaks: Leak[];
  typicalMs: number | null;
  phases: PhaseView[];
  stackEvents: StackEventView[];
  /** What CloudFormation said would change; empty when it was not told, or not asked. */
  resourceChanges: ResourceChange[];
  outputs: { kind: string; key: string; value: string; bytes: number | null }[];
  /** Names only. */
  parameters: string[];
};

/** @throws Refusal not_found */
export async function getDeployment(ctx: Ctx, number: number): Promise<DeploymentView> {
  const { organizationId } = ctx;
  const row = await ctx.db.deployment.findFirst({
    where: { organizationId, number },
    include: {
      ...rowRelations,
      deployProfile: true,
      repository: true,
      phases: { orderBy: [{ epoch: "asc" }, { startedAt: "asc" }] },
      stackEvents: { orderBy: { at: "asc" } },
      outputs: { orderBy: [{ kind: "asc" }, { key: "asc" }] },
    },
  });
  if (row === null) throw new Refusal("not_found", "There is no such deployment.");
  const { serviceId, stageId, deployProfile } = row;
  const [parameters, typical] = await Promise.all([
    ctx.db.parameter.findMany({
      where: { organizationId, serviceId, OR: [{ stageId }, { stageId: null }] },
      distinct: ["name"],
      orderBy: { name: "asc" },
    }),
    typicalDurations(ctx.db, organizationId, serviceId),
  ]);
  const accountId = row.accountId ?? accountOf(deployProfile);
  return {
    ...rowOf(row),
    because: row.because,
    profile: { slug: deployProfile.slug, accountId, roleArn: deployProfile.roleArn },
    repository: row.repository.fullName,
    deliveryId: row.deliveryId,
    cancelAskedBy: row.cancelAskedBy,
    createsStack: isCreatingStack(row),
    stackName: row.stackName,
    stackStatus: row.stackStatus,
    stackStuck: row.stackStuck,
    logLines: row.logLines,
    failureLine: row.failureLine,
    leaks: leaksOf(row.leaks),
    typicalMs: typical.get(slotKey(serviceId, stageId)) ?? null,
    phases: row.phases.map(({ deploymentId: _, ...phase }) => phase),
    stackEvents: row.stackEvents.map(({ deploymentId: _, eventId: __, ...event }) => event),
    resourceChanges: resourceChangesOf(row.resourceChanges),
    outputs: row.outputs.map(({ kind, key, value, bytes }) => ({ kind, key, value, bytes })),
    parameters: parameters.map((parameter) => parameter.name),
  };
}

/** A stack's events name the stack itself too; those of its nested stacks have other names. */
function isCreatingStack(row: Prisma.DeploymentGetPayload<{ include: { stackEvents: true } }>): boolean {
  const { status, mutatingAt, stackChangedBefore, stackName, stackEvents } = row;
  if (status !== "running" || mutatingAt === null || stackChangedBefore !== null) return false;
  return !stackEvents.some(({ logicalId, status: state }) => logicalId === stackName && state === "CREATE_COMPLETE");
}

export type StageOutput = { stage: string; kind: string; key: string; value: string };

/** What some deployments gave out, by stage. */
export async function listOutputs({ db, organizationId }: Ctx, numbers: number[]): Promise<StageOutput[]> {
  const rows = await db.output.findMany({
    where: { organizationId, deployment: { number: { in: numbers } } },
    orderBy: [{ stage: { place: "asc" } }, { kind: "asc" }, { key: "asc" }],
    select: { kind: true, key: true, value: true, stage: { select: { name: true } } },
  });
  return rows.map(({ stage, ...output }) => ({ stage: stage.name, ...output }));
}

export type StreamedDeployment = {
  deploymentId: string;
  organizationId: string;
  number: number;
  status: DeploymentStatus;
  epoch: number;
};

/** A deployment by its id, for a member of its organization; null for everybody else. */
export async function findDeploymentForStream(
  db: Db,
  { deploymentId, userId }: { deploymentId: string; userId: string },
): Promise<StreamedDeployment | null> {
  const row = await db.deployment.findFirst({
    where: { id: deploymentId, organization: { members: { some: { userId } } } },
    select: { id: true, organizationId: true, number: true, status: true, epoch: true },
  });
  if (row === null) return null;
  const { id, ...facts } = row;
  return { deploymentId: id, ...facts };
}

/** What a live page shows of a deployment: its status, phases and stack events, in one read. */
export async function readLiveFacts(db: Db, deploymentId: string) {
  const row = await db.deployment.findUniqueOrThrow({
    where: { id: deploymentId },
    include: { phases: { orderBy: [{ epoch: "asc" }, { startedAt: "asc" }] }, stackEvents: { orderBy: { at: "asc" } } },
  });
  return {
    status: row.status,
    reason: row.reason,
    epoch: row.epoch,
    finishedAt: row.finishedAt,
    phases: row.phases.map(({ deploymentId: _, ...phase }): PhaseView => phase),
    stackEvents: row.stackEvents.map(({ deploymentId: _, ...event }) => event),
  };
}

/** What changes whenever a list of deployments does: the newest number, how many are active, the last end. */
export async function readMovement(db: Db, organizationId: string) {
  const [newest, queued, running, ended] = await Promise.all([
    db.deployment.findFirst({ where: { organizationId }, orderBy: { number: "desc" }, select: { number: true } }),
    db.deployment.count({ where: { organizationId, status: "queued" } }),
    db.deployment.count({ where: { organizationId, status: "running" } }),
    db.deployment.findFirst({
      where: { organizationId, status: { in: ["succeeded", "failed", "cancelled"] } },
      orderBy: { number: "desc" },
      select: { finishedAt: true },
    }),
  ]);
  return { newest: newest?.number ?? 0, queued, running, endedAt: ended?.finishedAt ?? null };
}

/** Whether CloudFormation was seen at work for it: a stack that was only prepared has no resource yet. */
export async function hasBegun(db: Db, deploymentId: string): Promise<boolean> {
  const where = { deploymentId, status: { in: ["CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"] } };
  return (await db.stackEvent.findFirst({ where, select: { eventId: true } })) !== null;
}
