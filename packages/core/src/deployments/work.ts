import { type Db, Prisma } from "@branchline/db";
import { limitsOf } from "../deploy-profiles/queries.ts";
import type { ProfileLimits } from "../deploy-profiles/rules.ts";
import type { Claim } from "./claim.ts";
import { type StackRepair, stackRepairs } from "./stack-repair.ts";

/** Everything that a worker must know to run a deployment. */
export type Work = Claim & {
  number: number;
  organizationSlug: string;
  app: string;
  serviceId: string;
  service: string;
  baseDirectory: string;
  runTests: boolean;
  checkoutSubmodules: boolean;
  stageId: string;
  stage: string;
  region: string;
  branch: string;
  commit: { sha: string; message: string; author: string } | null;
  /** What its SHA begins with, when somebody named a commit and it is not pinned yet. */
  wantedCommit: string | null;
  trigger: string;
  triggeredBy: string;
  profile: ProfileLimits & { deployProfileId: string; externalId: string; deployHosts: string[] };
  /** Set when AWS may have been touched: what is known of it. */
  mutation: { stackChangedBefore: Date | null; stackEventBefore: string | null } | null;
  /** Of the stack that it deploys to; null until that is known. */
  stackName: string | null;
  /** Meanwhile: of the one to which its service, stage and region was deployed last. */
  lastStackName: string | null;
  /** What the CLI was about to deploy, in the runner's form. */
  described: unknown;
  lostWorkers: number;
  /** How long it has waited without a worker; null when it never has. */
  waitedMs: number | null;
  isCancelAsked: boolean;
  /** All was done that a cancellation can do: it waits for what comes of that. */
  isCancelHeeded: boolean;
  repair: StackRepair | null;
  repairSkips: string[];
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
  const { service, stage, deployProfile, repository, mutatingAt, stackChangedBefore, stackEventBefore } = row;
  return {
    ...claim,
    number: row.number,
    organizationSlug: row.organization.slug,
    app: service.app.slug,
    serviceId: service.id,
    service: service.slug,
    baseDirectory: service.baseDirectory,
    runTests: service.runTests,
    checkoutSubmodules: service.checkoutSubmodules,
    stageId: stage.id,
    stage: stage.name,
    region: row.region,
    branch: row.branch,
    commit:
      row.commitSha === null ? null : { sha: row.commitSha, message: row.commitMessage, author: row.commitAuthor },
    wantedCommit: row.wantedCommit,
    trigger: row.trigger,
    triggeredBy: row.triggeredBy,
    profile: {
      ...limitsOf(deployProfile),
      deployProfileId: deployProfile.id,
      externalId: deployProfile.externalId,
      deployHosts: deployProfile.deployHosts,
    },
    mutation: mutatingAt === null ? null : { stackChangedBefore, stackEventBefore },
    stackName: row.stackName,
    lastStackName: row.stackName ?? (await lastStackName(db, row)),
    described: row.described,
    lostWorkers: row.lostWorkers,
    waitedMs: row.parkedSince === null ? null : await waitedMs(db, claim),
    isCancelAsked: row.cancelAskedAt !== null,
    isCancelHeeded: row.cancelAskedAt !== null && row.parkedSince !== null,
    repair: stackRepairs.find((repair) => repair === row.repair) ?? null,
    repairSkips: row.repairSkips,
    repository: {
      fullName: repository.fullName,
      githubId: repository.githubId,
      installationGithubId: repository.installation.githubId,
      isConnected: repository.removedAt === null && repository.installation.deletedAt === null,
    },
  };
}

/** On the database's clock, as all that a lease is measured by. */
async function waitedMs(db: Db, { deploymentId }: Claim): Promise<number> {
  const [row] = await db.$queryRaw<{ ms: number }[]>(Prisma.sql`
    SELECT extract(epoch FROM clock_timestamp() - parked_since)::float8 * 1000 AS ms
    FROM deployments WHERE id = ${deploymentId}::uuid`);
  return row?.ms ?? 0;
}

/** The stack that this service, stage and region was deployed to last. */
async function lastStackName(
  db: Db,
  { serviceId, stageId, region }: { serviceId: string; stageId: string; region: string },
): Promise<string | null> {
  const row = await db.deployment.findFirst({
    where: { serviceId, stageId, region, stackName: { not: null } },
    orderBy: { number: "desc" },
    select: { stackName: true },
  });
  return row?.stackName ?? null;
}
