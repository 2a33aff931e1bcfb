import { type Db, type InstallationModel, Prisma } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { inTurns } from "../in-turns.ts";
import { isSyncDue } from "./sync.ts";

/** GitHub's ids are decimal text here, since a bigint does not cross to the browser. */
export type InstallationRow = {
  installationId: string;
  githubId: string;
  accountLogin: string;
  accountType: string;
  suspendedAt: Date | null;
  deletedAt: Date | null;
  /** Null while its repositories are being read. */
  syncedAt: Date | null;
  repositories: { repositoryId: string; fullName: string; private: boolean; removedAt: Date | null }[];
};

export async function listInstallations({ db, organizationId }: Ctx): Promise<InstallationRow[]> {
  const rows = await db.installation.findMany({
    where: { organizationId },
    orderBy: [{ deletedAt: { sort: "asc", nulls: "first" } }, { accountLogin: "asc" }],
    include: {
      repositories: {
        orderBy: { fullName: "asc" },
        select: { id: true, fullName: true, private: true, removedAt: true },
      },
    },
  });
  return rows.map((row) => ({
    installationId: row.id,
    githubId: String(row.githubId),
    accountLogin: row.accountLogin,
    accountType: row.accountType,
    suspendedAt: row.suspendedAt,
    deletedAt: row.deletedAt,
    syncedAt: row.syncedAt,
    repositories: row.repositories.map(({ id, ...repository }) => ({ repositoryId: id, ...repository })),
  }));
}

export type InstallationFacts = {
  installationId: string;
  organizationId: string;
  githubId: bigint;
  accountLogin: string;
  suspendedAt: Date | null;
  deletedAt: Date | null;
};

/** For jobs, which carry ids alone. */
export async function findInstallation(db: Db, installationId: string): Promise<InstallationFacts | null> {
  const row = await db.installation.findUnique({ where: { id: installationId } });
  return row === null ? null : factsOf(row);
}

function factsOf(row: InstallationModel): InstallationFacts {
  const { id: installationId, organizationId, githubId, accountLogin, suspendedAt, deletedAt } = row;
  return { installationId, organizationId, githubId, accountLogin, suspendedAt, deletedAt };
}

/** For the sweep: installations whose repositories are due to be read. */
export async function listDueSyncs(db: Db, take: number): Promise<string[]> {
  const due = Prisma.sql`
    SELECT id, organization_id AS owner, coalesce(sync_due_at, created_at) AS since FROM installations
    WHERE ${isSyncDue} AND deleted_at IS NULL AND suspended_at IS NULL`;
  const rows = await db.$queryRaw<{ id: string }[]>(inTurns(due, take));
  return rows.map((row) => row.id);
}
