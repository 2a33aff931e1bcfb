import { Prisma } from "@branchline/db";
import { fixedStages } from "../branch-mappings/rules.ts";
import type { Ctx } from "../ctx.ts";
import { accountOf } from "../deploy-profiles/rules.ts";
import type { DeploymentReason } from "../deployments/reasons.ts";
import type { DeploymentStatus } from "../deployments/status.ts";
import { subjectOf } from "../deployments/subject.ts";
import { slotKey, typicalDurations } from "../deployments/typical.ts";
import type { PersonView } from "../deployments/view.ts";

export type BoardStage = { app: string; name: string; accountId: string | null; region: string | null };

export type BoardCell = {
  number: number;
  status: DeploymentStatus;
  reason: DeploymentReason | null;
  commitSha: string | null;
  /** The commit's message in one line. */
  subject: string;
  triggeredBy: PersonView;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  typicalMs: number | null;
  /** What the stage runs now; null before the first success. */
  deployed: {
    number: number;
    commitSha: string | null;
    subject: string;
    at: Date;
    /** Commits that the stage before has and this one has not; null when that is not known. */
    behind: number | null;
  } | null;
};

export type BoardService = {
  app: string;
  service: string;
  baseDirectory: string;
  repository: string | null;
  enabled: boolean;
  goneAt: Date | null;
  repositoryRemoved: boolean;
  cells: Record<string, BoardCell>;
};

export type Board = { stages: BoardStage[]; services: BoardService[] };

/**
 * Services × stages: of each service to each stage that a branch deploy names, the deployment that runs, else the latest.
 * What waits behind a running one is told by the queue.
 */
export async function boardOf(ctx: Ctx): Promise<Board> {
  const where = { organizationId: ctx.organizationId };
  const [services, stages, latest, typical] = await Promise.all([
    ctx.db.service.findMany({
      where,
      orderBy: [{ app: { slug: "asc" } }, { slug: "asc" }],
      include: {
        app: true,
        repository: true,
        branchMappings: { orderBy: { place: "asc" }, include: { deployProfile: true } },
      },
    }),
    ctx.db.stage.findMany({ where, orderBy: [{ place: "asc" }, { name: "asc" }], include: { app: true } }),
    latestPerSlot(ctx),
    typicalDurations(ctx.db, ctx.organizationId),
  ]);
  const columns = stages.flatMap((stage) => {
    const ofApp = services.filter((service) => service.appId === stage.appId);
    const row = ofApp.flatMap((service) => service.branchMappings).find((mapping) => mapping.stage === stage.name);
    if (row === undefined || fixedStages([row]).length === 0) return [];
    const { deployProfile } = row;
    const column = {
      app: stage.app.slug,
      name: stage.name,
      accountId: accountOf(deployProfile),
      region: deployProfile.region,
    };
    return [{ stage, column }];
  });
  const rows = services.map((service): BoardService => {
    const cells = columns.flatMap(({ stage }) => {
      const key = slotKey(service.id, stage.id);
      const slot = latest.get(key);
      return slot === undefined ? [] : [[stage.name, { ...slot, typicalMs: typical.get(key) ?? null }] as const];
    });
    return {
      app: service.app.slug,
      service: service.slug,
      baseDirectory: service.baseDirectory,
      repository: service.repository?.fullName ?? null,
      enabled: service.cicdEnabledAt !== null,
      goneAt: service.goneAt,
      repositoryRemoved: service.repository?.removedAt != null,
      cells: Object.fromEntries(cells),
    };
  });
  return { stages: columns.map(({ column }) => column), services: rows };
}

/** The same of one service, by the names of its stages, also of those that no branch deploy names any more. */
export async function cellsOf(ctx: Ctx, serviceId: string): Promise<Record<string, BoardCell>> {
  const [stages, latest, typical] = await Promise.all([
    ctx.db.stage.findMany({
      where: { organizationId: ctx.organizationId, app: { services: { some: { id: serviceId } } } },
    }),
    latestPerSlot(ctx, serviceId),
    typicalDurations(ctx.db, ctx.organizationId, serviceId),
  ]);
  const cells = stages.flatMap(({ id, name }) => {
    const key = slotKey(serviceId, id);
    const slot = latest.get(key);
    return slot === undefined ? [] : [[name, { ...slot, typicalMs: typical.get(key) ?? null }] as const];
  });
  return Object.fromEntries(cells);
}

type Slot = Omit<BoardCell, "typicalMs">;
type SlotRow = Omit<Slot, "deployed" | "subject" | "triggeredBy"> & {
  message: string;
  person: string;
  personAvatar: string | null;
  serviceId: string;
  stageId: string;
  deployedNumber: number | null;
  deployedSha: string | null;
  deployedMessage: string | null;
  deployedAt: Date | null;
  behind: number | null;
};

/** Raw SQL: the newest row and the newest success of each slot, by one index scan each instead of a query a cell. */
async function latestPerSlot(ctx: Ctx, serviceId?: string): Promise<Map<string, Slot>> {
  const which = serviceId === undefined ? Prisma.empty : Prisma.sql`AND services.id = ${serviceId}::uuid`;
  const rows = await ctx.db.$queryRaw<SlotRow[]>(Prisma.sql`
    SELECT services.id AS "serviceId", stages.id AS "stageId",
      newest.number, newest.status::text AS status, newest.reason, newest.commit_sha AS "commitSha",
      newest.commit_message AS message, newest.triggered_by AS person,
      newest.triggered_by_avatar AS "personAvatar", newest.queued_at AS "queuedAt", newest.started_at AS "startedAt", newest.finished_at AS "finishedAt",
      deployed.number AS "deployedNumber", deployed.commit_sha AS "deployedSha",
      deployed.commit_message AS "deployedMessage", deployed.finished_at AS "deployedAt",
      deployed.behind_previous AS behind
    FROM services JOIN stages USING (app_id)
    CROSS JOIN LATERAL (
      SELECT * FROM (
        (SELECT * FROM deployments WHERE service_id = services.id AND stage_id = stages.id AND status = 'running'
          LIMIT 1)
        UNION ALL
        (SELECT * FROM deployments WHERE service_id = services.id AND stage_id = stages.id
          ORDER BY number DESC LIMIT 1)) AS candidates
      ORDER BY (status = 'running') DESC LIMIT 1) AS newest
    LEFT JOIN LATERAL (
      SELECT * FROM deployments WHERE service_id = services.id AND stage_id = stages.id AND status = 'succeeded'
      ORDER BY number DESC LIMIT 1) AS deployed ON true
    WHERE services.organization_id = ${ctx.organizationId}::uuid ${which}`);
  return new Map(rows.map((row) => [slotKey(row.serviceId, row.stageId), slotOf(row)]));
}

function slotOf({
  serviceId,
  stageId,
  deployedNumber,
  deployedSha,
  deployedMessage,
  deployedAt,
  behind,
  message,
  person,
  personAvatar,
  ...newest
}: SlotRow): Slot {
  const deployed =
    deployedNumber === null || deployedAt === null
      ? null
      : {
          number: deployedNumber,
          commitSha: deployedSha,
          subject: subjectOf(deployedMessage ?? ""),
          at: deployedAt,
          behind,
        };
  const triggeredBy = { name: person, avatarUrl: personAvatar };
  return { ...newest, subject: subjectOf(message), triggeredBy, deployed };
}
