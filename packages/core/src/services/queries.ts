import type { Ctx } from "../ctx.ts";
import { accountOf } from "../deploy-profiles/rules.ts";
import { Refusal } from "../errors.ts";

export type ServiceRow = {
  serviceId: string;
  app: string;
  service: string;
  baseDirectory: string;
  configFile: string | null;
  unreadBecause: string | null;
  repositoryId: string | null;
  repository: string | null;
  /** The repository is there, but the App may not read it any more. */
  repositoryRemoved: boolean;
  goneAt: Date | null;
  enabled: boolean;
};

export type MappingView = {
  branch: string;
  stage: string;
  deployProfileId: string;
  profile: { slug: string; region: string; accountId: string | null; provenAt: Date | null };
};

export type ServiceView = ServiceRow & {
  appId: string;
  defaultBranch: string | null;
  cicdEnabledAt: Date | null;
  runTests: boolean;
  checkoutSubmodules: boolean;
  alwaysDeploy: boolean;
  everyCommit: boolean;
  triggerDirectories: string[];
  branchDeploys: MappingView[];
};

const columns = {
  app: { select: { slug: true } },
  repository: {
    select: { fullName: true, defaultBranch: true, removedAt: true, installation: { select: { deletedAt: true } } },
  },
} as const;

/** @throws Refusal not_found */
export async function getService(
  { db, organizationId }: Ctx,
  name: { app: string; service: string },
): Promise<ServiceView> {
  const row = await db.service.findFirst({
    where: { organizationId, slug: name.service, app: { slug: name.app } },
    include: { ...columns, branchMappings: { orderBy: { place: "asc" }, include: { deployProfile: true } } },
  });
  if (row === null) throw new Refusal("not_found", "There is no such service.");
  return {
    ...rowOf(row),
    appId: row.appId,
    defaultBranch: row.repository?.defaultBranch ?? null,
    cicdEnabledAt: row.cicdEnabledAt,
    runTests: row.runTests,
    checkoutSubmodules: row.checkoutSubmodules,
    alwaysDeploy: row.alwaysDeploy,
    everyCommit: row.everyCommit,
    triggerDirectories: row.triggerDirectories,
    branchDeploys: row.branchMappings.map(({ branch, stage, deployProfileId, deployProfile }) => {
      const { slug, region, provenAt } = deployProfile;
      return {
        branch,
        stage,
        deployProfileId,
        profile: { slug, region, accountId: accountOf(deployProfile), provenAt },
      };
    }),
  };
}

export async function listServices(
  { db, organizationId }: Ctx,
  { appId }: { appId?: string } = {},
): Promise<ServiceRow[]> {
  const rows = await db.service.findMany({
    where: { organizationId, ...(appId === undefined ? {} : { appId }) },
    orderBy: [{ app: { slug: "asc" } }, { slug: "asc" }],
    include: columns,
  });
  return rows.map(rowOf);
}

/** The other services of the same repository, which settings can be copied to. */
export async function listSiblings({ db, organizationId }: Ctx, serviceId: string): Promise<ServiceRow[]> {
  const self = await db.service.findFirst({ where: { id: serviceId, organizationId }, select: { repositoryId: true } });
  if (self === null || self.repositoryId === null) return [];
  const rows = await db.service.findMany({
    where: { organizationId, repositoryId: self.repositoryId, goneAt: null, id: { not: serviceId } },
    orderBy: [{ app: { slug: "asc" } }, { slug: "asc" }],
    include: columns,
  });
  return rows.map(rowOf);
}

type Row = {
  id: string;
  slug: string;
  baseDirectory: string;
  configFile: string | null;
  unreadBecause: string | null;
  repositoryId: string | null;
  goneAt: Date | null;
  cicdEnabledAt: Date | null;
  app: { slug: string };
  repository: { fullName: string; removedAt: Date | null; installation: { deletedAt: Date | null } } | null;
};

function rowOf(row: Row): ServiceRow {
  const { id, slug, app, repository, repositoryId, baseDirectory, configFile, unreadBecause, goneAt } = row;
  return {
    serviceId: id,
    app: app.slug,
    service: slug,
    baseDirectory,
    configFile,
    unreadBecause,
    repositoryId,
    repository: repository?.fullName ?? null,
    repositoryRemoved:
      repository !== null && (repository.removedAt !== null || repository.installation.deletedAt !== null),
    goneAt,
    enabled: row.cicdEnabledAt !== null,
  };
}
