import type { Db } from "@branchline/db";
import type { Claim } from "./claim.ts";

/** Everything that a worker must know to run a deployment. */
export type Work = Claim & {
  number: number;
  organizationSlug: string;
  app: string;
  serviceId: string;
  service: string;
  baseDirectory: string;
  runTests: boolean;
  stageId: string;
  stage: string;
  region: string;
  branch: string;
  commit: { sha: string; message: string; author: string } | null;
  trigger: string;
  triggeredBy: string;
  profile: {
    slug: string;
    roleArn: string | null;
    externalId: string;
    provenAt: Date | null;
    allowedBranches: string[];
    stagePattern: string;
  };
  repository: { fullName: string; githubId: bigint; installationGithubId: bigint; isConnected: boolean };
};

export async function getWork(db: Db, claim: Claim): Promise<Work> {
  const row = await db.deployment.findUniqueOrThrow({
    where: { id: claim.deploymentId },
    include: {
      organization: true,
      service: { include: { app: true } },
      stage: true,
      deployProfile: true,
      repository: { include: { installation: true } },
    },
  });
  const { service, stage, deployProfile, repository } = row;
  const { slug, roleArn, externalId, provenAt, allowedBranches, stagePattern } = deployProfile;
  return {
    ...claim,
    number: row.number,
    organizationSlug: row.organization.slug,
    app: service.app.slug,
    serviceId: service.id,
    service: service.slug,
    baseDirectory: service.baseDirectory,
    runTests: service.runTests,
    stageId: stage.id,
    stage: stage.name,
    region: row.region,
    branch: row.branch,
    commit:
      row.commitSha === null ? null : { sha: row.commitSha, message: row.commitMessage, author: row.commitAuthor },
    trigger: row.trigger,
    triggeredBy: row.triggeredBy,
    profile: { slug, roleArn, externalId, provenAt, allowedBranches, stagePattern },
    repository: {
      fullName: repository.fullName,
      githubId: repository.githubId,
      installationGithubId: repository.installation.githubId,
      isConnected: repository.removedAt === null && repository.installation.deletedAt === null,
    },
  };
}
