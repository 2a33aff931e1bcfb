import type { Db } from "@branchline/db";
import type { PlannedService } from "./rules.ts";

export type PushedService = PlannedService<{
  branch: string;
  stage: string;
  deployProfileId: string;
  region: string;
}> & {
  serviceId: string;
  /** Every push deploys, also one that the branch has gone on from. */
  everyCommit: boolean;
  /** Null while CI/CD is not enabled. */
  enabledAt: Date | null;
};

export type PushedRepository = {
  organizationId: string;
  repositoryId: string;
  fullName: string;
  githubId: bigint;
  installationGithubId: bigint;
  defaultBranch: string;
  services: PushedService[];
};

/**
 * The connected repositories of a GitHub repository id, with all their services. Two, of two organizations, when it moved to
 * another account and nobody has told yet that the one before lost it.
 */
export async function listPushedRepositories(db: Db, githubId: bigint): Promise<PushedRepository[]> {
  const rows = await db.repository.findMany({
    where: { githubId, removedAt: null, installation: { deletedAt: null, suspendedAt: null } },
    include: {
      installation: true,
      services: {
        where: { goneAt: null },
        orderBy: { slug: "asc" },
        include: { app: true, branchMappings: { orderBy: { place: "asc" }, include: { deployProfile: true } } },
      },
    },
  });
  return rows.map((row) => ({
    organizationId: row.organizationId,
    repositoryId: row.id,
    fullName: row.fullName,
    githubId: row.githubId,
    installationGithubId: row.installation.githubId,
    defaultBranch: row.defaultBranch,
    services: row.services.map((service) => ({
      serviceId: service.id,
      app: service.app.slug,
      service: service.slug,
      enabled: service.cicdEnabledAt !== null,
      everyCommit: service.everyCommit,
      enabledAt: service.cicdEnabledAt,
      baseDirectory: service.baseDirectory,
      triggerDirectories: service.triggerDirectories,
      alwaysDeploy: service.alwaysDeploy,
      branchDeploys: service.branchMappings.map(({ branch, stage, deployProfileId, deployProfile }) => ({
        branch,
        stage,
        deployProfileId,
        region: deployProfile.region,
      })),
    })),
  }));
}

export type LastSuccess = { number: number; commitSha: string };

/** The deployment that a service's stage runs now; null before the first success. */
export async function findLastSuccess(
  db: Db,
  { serviceId, stage, region }: { serviceId: string; stage: string; region: string },
): Promise<LastSuccess | null> {
  const row = await db.deployment.findFirst({
    where: { serviceId, stage: { name: stage }, region, status: "succeeded" },
    orderBy: { number: "desc" },
    select: { number: true, commitSha: true },
  });
  return row?.commitSha == null ? null : { number: row.number, commitSha: row.commitSha };
}
