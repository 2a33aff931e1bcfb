import { type Db, Prisma } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { inTurns } from "../in-turns.ts";
import { isScanDue } from "./scan.ts";

export type RepositoryRow = {
  repositoryId: string;
  fullName: string;
  defaultBranch: string;
  private: boolean;
  /** Since when the App can't read it: taken from the installation, or the App uninstalled. */
  removedAt: Date | null;
  /** Null while the first scan, or one that was asked for, is due. */
  scannedAt: Date | null;
  /** The one that is due failed at least once, and is tried again. */
  scanIsRetried: boolean;
  scanProblem: string | null;
  /** Those that hold a serverless.yml, as the last scan found them. */
  directories: {
    baseDirectory: string;
    configFile: string | null;
    app: string;
    serviceName: string;
    unreadBecause: string | null;
  }[];
};

/** The organization's repositories, also those taken away; the ones that can be used come first. */
export async function listRepositories({ db, organizationId }: Ctx): Promise<RepositoryRow[]> {
  const rows = await db.repository.findMany({
    where: { organizationId },
    orderBy: [{ removedAt: { sort: "asc", nulls: "first" } }, { fullName: "asc" }],
    include: {
      installation: { select: { deletedAt: true } },
      services: {
        where: { goneAt: null },
        orderBy: { baseDirectory: "asc" },
        include: { app: { select: { slug: true } } },
      },
    },
  });
  return rows.map((row) => ({
    repositoryId: row.id,
    fullName: row.fullName,
    defaultBranch: row.defaultBranch,
    private: row.private,
    removedAt: row.removedAt ?? row.installation.deletedAt,
    scannedAt: row.scannedAt,
    // The first try counts as soon as it begins.
    scanIsRetried: row.scannedAt === null && row.scanTries > 1,
    scanProblem: row.scanProblem,
    directories: row.services.map(({ baseDirectory, configFile, slug, app, unreadBecause }) => ({
      baseDirectory,
      configFile,
      app: app.slug,
      serviceName: slug,
      unreadBecause,
    })),
  }));
}

/** What a job needs to reach a repository on GitHub. */
export type RepositoryFacts = {
  repositoryId: string;
  organizationId: string;
  githubId: bigint;
  fullName: string;
  private: boolean;
  defaultBranch: string;
  scannedSha: string | null;
  installationGithubId: bigint;
  /** Why the repository can't be read now, in a sentence; null when it can. */
  unreachableBecause: string | null;
};

const withInstallation = { installation: { select: { githubId: true, suspendedAt: true, deletedAt: true } } } as const;

/** For jobs, which carry ids alone. */
export async function findRepository(db: Db, repositoryId: string): Promise<RepositoryFacts | null> {
  const row = await db.repository.findUnique({ where: { id: repositoryId }, include: withInstallation });
  return row === null ? null : factsOf(row);
}

type Row = Omit<RepositoryFacts, "repositoryId" | "installationGithubId" | "unreachableBecause"> & {
  id: string;
  removedAt: Date | null;
  installation: { githubId: bigint; suspendedAt: Date | null; deletedAt: Date | null };
};

function factsOf(row: Row): RepositoryFacts {
  const { id, organizationId, githubId, fullName, defaultBranch, scannedSha } = row;
  return {
    repositoryId: id,
    organizationId,
    githubId,
    fullName,
    private: row.private,
    defaultBranch,
    scannedSha,
    installationGithubId: row.installation.githubId,
    unreachableBecause: unreachableBecause(row),
  };
}

function unreachableBecause({ fullName, removedAt, installation }: Row): string | null {
  if (installation.deletedAt !== null) return `The GitHub App was uninstalled from the account of ${fullName}.`;
  if (installation.suspendedAt !== null) return `The GitHub App is suspended on the account of ${fullName}.`;
  return removedAt === null ? null : `The GitHub App no longer has access to ${fullName}.`;
}

/** For the sweep: repositories that are due to be scanned and can be read. One that failed goes behind those that did not. */
export async function listDueScans(db: Db, take: number): Promise<string[]> {
  const due = Prisma.sql`
    SELECT repositories.id, repositories.organization_id AS owner, coalesce(scan_due_at, repositories.created_at) AS since
    FROM repositories JOIN installations ON installations.id = installation_id
    WHERE ${isScanDue} AND removed_at IS NULL AND deleted_at IS NULL AND suspended_at IS NULL`;
  const rows = await db.$queryRaw<{ id: string }[]>(inTurns(due, take));
  return rows.map((row) => row.id);
}
