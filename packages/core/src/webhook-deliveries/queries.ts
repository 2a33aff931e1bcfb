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

export type DueDelivery = {
  deliveryId: string;
  /** poll: a head that we found ourselves. */
  source: "webhook" | "poll";
  event: string;
  body: unknown;
  /** By the database's clock. */
  receivedAt: Date;
  /** The delivery that brought the same body first. */
  copyOf: string | null;
  /** It was its branch's head when it was handled before, and was cut off. */
  hadHead: boolean;
  repositoryGithubId: bigint | null;
  installationGithubId: bigint | null;
};

/** A delivery that waits to be handled; null when it was, or is not there. */
export async function findDueDelivery(db: Db, deliveryId: string): Promise<DueDelivery | null> {
  const row = await db.webhookDelivery.findFirst({ where: { id: deliveryId, settledAt: null } });
  if (row === null) return null;
  const { event, body, receivedAt, copyOf, repositoryGithubId, installationGithubId } = row;
  const source = row.source === "poll" ? "poll" : "webhook";
  return {
    deliveryId,
    source,
    event,
    body,
    receivedAt,
    copyOf,
    hadHead: row.headAt !== null,
    repositoryGithubId,
    installationGithubId,
  };
}

type Subject = { repositoryGithubId: bigint | null; installationGithubId: bigint | null };

/**
 * Whose delivery it is; null when nobody has connected what it is about. An installation is one organization's; a repository
 * that has moved may still be another's, too, who must not read what its new owner's people do.
 */
export async function findOrganizationOf(db: Db, subject: Subject): Promise<string | null> {
  const { repositoryGithubId, installationGithubId } = subject;
  const select = { organizationId: true } as const;
  const owner =
    installationGithubId === null
      ? await db.repository.findFirst({ where: { githubId: repositoryGithubId ?? 0n, removedAt: null }, select })
      : await db.installation.findUnique({ where: { githubId: installationGithubId }, select });
  return owner?.organizationId ?? null;
}

/** Which of these deliveries are stored, and when the last one of GitHub came. */
export async function findStored(
  db: Db,
  deliveryIds: string[],
): Promise<{ stored: Set<string>; lastReceivedAt: Date | null }> {
  const [rows, last] = await Promise.all([
    db.webhookDelivery.findMany({ where: { id: { in: deliveryIds } }, select: { id: true } }),
    db.webhookDelivery.findFirst({
      where: { source: "webhook" },
      orderBy: { receivedAt: "desc" },
      select: { receivedAt: true },
    }),
  ]);
  return { stored: new Set(rows.map((row) => row.id)), lastReceivedAt: last?.receivedAt ?? null };
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
