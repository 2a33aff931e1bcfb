import type { Db } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import type { DeliveryTarget } from "./settle.ts";

export type DeliveryRow = {
  deliveryId: string;
  event: string;
  action: string | null;
  repository: string | null;
  branch: string | null;
  headSha: string | null;
  receivedAt: Date;
  settledAt: Date | null;
  explanation: string | null;
  targets: DeliveryTarget[];
};

export type DueDelivery = { deliveryId: string; event: string; body: unknown };

/** A delivery that waits to be handled; null when it was, or is not there. */
export async function findDueDelivery(db: Db, deliveryId: string): Promise<DueDelivery | null> {
  const row = await db.webhookDelivery.findFirst({ where: { id: deliveryId, settledAt: null } });
  return row === null ? null : { deliveryId: row.id, event: row.event, body: row.body };
}

/** Newest first. `before` is the receivedAt of the last row of the page above. */
export async function listDeliveries(
  ctx: Ctx,
  { before, take = 50 }: { before?: Date; take?: number } = {},
): Promise<DeliveryRow[]> {
  const rows = await ctx.db.webhookDelivery.findMany({
    where: { organizationId: ctx.organizationId, ...(before ? { receivedAt: { lt: before } } : {}) },
    orderBy: { receivedAt: "desc" },
    take,
    select: deliveryColumns,
  });
  return withRepositories(ctx, rows);
}

export type PushView = { sha: string; branch: string; targets: DeliveryTarget[] };

/** The latest pushes of which GitHub told, newest first. */
export async function listPushes({ db, organizationId }: Ctx, take: number): Promise<PushView[]> {
  const rows = await db.webhookDelivery.findMany({
    where: { organizationId, event: "push", branch: { not: null }, headSha: { not: null } },
    orderBy: { receivedAt: "desc" },
    take,
    select: { headSha: true, branch: true, targets: true },
  });
  return rows.map(({ headSha, branch, targets }) => ({
    sha: headSha ?? "",
    branch: branch ?? "",
    targets: targets as DeliveryTarget[],
  }));
}

/** @throws Refusal not_found */
export async function getDelivery(ctx: Ctx, deliveryId: string): Promise<DeliveryRow & { body: unknown }> {
  const row = await ctx.db.webhookDelivery.findFirst({
    where: { id: deliveryId, organizationId: ctx.organizationId },
    select: { ...deliveryColumns, body: true },
  });
  if (row === null) throw new Refusal("not_found", "There is no such delivery.");
  const [delivery] = await withRepositories(ctx, [row]);
  if (delivery === undefined) throw new Refusal("not_found", "There is no such delivery.");
  return { ...delivery, body: row.body };
}

const deliveryColumns = {
  id: true,
  event: true,
  action: true,
  branch: true,
  headSha: true,
  receivedAt: true,
  settledAt: true,
  explanation: true,
  targets: true,
  repositoryGithubId: true,
} as const;

type Columns = Omit<DeliveryRow, "deliveryId" | "repository" | "targets"> & {
  id: string;
  targets: unknown;
  repositoryGithubId: bigint | null;
};

async function withRepositories(ctx: Ctx, rows: Columns[]): Promise<DeliveryRow[]> {
  const githubIds = rows.flatMap((row) => row.repositoryGithubId ?? []);
  const repositories = await ctx.db.repository.findMany({
    where: { organizationId: ctx.organizationId, githubId: { in: githubIds } },
    select: { githubId: true, fullName: true },
  });
  const names = new Map(repositories.map((repository) => [repository.githubId, repository.fullName]));
  return rows.map(({ id, repositoryGithubId, targets, ...row }) => ({
    ...row,
    deliveryId: id,
    repository: repositoryGithubId === null ? null : (names.get(repositoryGithubId) ?? null),
    targets: targets as DeliveryTarget[],
  }));
}
