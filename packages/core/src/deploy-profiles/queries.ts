import type { Db, DeployProfileModel } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import type { ProbeResult } from "./proof.ts";
import { accountOf, type ProfileLimits } from "./rules.ts";

export type DeployProfileView = {
  deployProfileId: string;
  slug: string;
  roleArn: string | null;
  accountId: string | null;
  region: string;
  externalId: string;
  allowedBranches: string[];
  stagePattern: string;
  deployHosts: string[];
  proof: ProbeResult[];
  proofStartedAt: Date | null;
  proofEndedAt: Date | null;
  provenAt: Date | null;
};

/** Where a profile is used: a branch deploy of a service. */
export type ProfileUse = { app: string; service: string; branch: string; stage: string };

export async function listDeployProfiles({
  db,
  organizationId,
}: Ctx): Promise<(DeployProfileView & { uses: number })[]> {
  const rows = await db.deployProfile.findMany({
    where: { organizationId },
    orderBy: { slug: "asc" },
    include: { _count: { select: { branchMappings: true } } },
  });
  return rows.map((row) => ({ ...viewOf(row), uses: row._count.branchMappings }));
}

/** Waiting: its queued deployments. @throws Refusal not_found */
export async function getDeployProfile(
  { db, organizationId }: Ctx,
  slug: string,
): Promise<DeployProfileView & { uses: ProfileUse[]; waiting: number }> {
  const row = await db.deployProfile.findFirst({
    where: { organizationId, slug },
    include: {
      branchMappings: {
        orderBy: [{ serviceId: "asc" }, { place: "asc" }],
        select: { branch: true, stage: true, service: { select: { slug: true, app: { select: { slug: true } } } } },
      },
    },
  });
  if (row === null) throw new Refusal("not_found", "There is no such deploy profile.");
  const uses = row.branchMappings.map(({ branch, stage, service }) => ({
    app: service.app.slug,
    service: service.slug,
    branch,
    stage,
  }));
  const waiting = await db.deployment.count({ where: { organizationId, status: "queued", deployProfileId: row.id } });
  return { ...viewOf(row), uses, waiting };
}

export type ProfileToProve = DeployProfileView & { organizationId: string; organizationSlug: string };

/** For the worker, which has only the id; null when it was removed, or no test is due. */
export async function findProfileToProve(db: Db, deployProfileId: string): Promise<ProfileToProve | null> {
  const row = await db.deployProfile.findFirst({
    where: { id: deployProfileId, proofStartedAt: { not: null }, proofEndedAt: null },
    include: { organization: { select: { slug: true } } },
  });
  if (row === null) return null;
  return { ...viewOf(row), organizationId: row.organizationId, organizationSlug: row.organization.slug };
}

/** What decides whether a profile lets a deployment pass. */
export function limitsOf(row: DeployProfileModel): ProfileLimits {
  const { slug, roleArn, provenAt, allowedBranches, stagePattern } = row;
  return { slug, roleArn, provenAt, proof: row.proof as ProbeResult[], allowedBranches, stagePattern };
}

function viewOf(row: DeployProfileModel): DeployProfileView {
  return {
    deployProfileId: row.id,
    slug: row.slug,
    roleArn: row.roleArn,
    accountId: accountOf(row),
    region: row.region,
    externalId: row.externalId,
    allowedBranches: row.allowedBranches,
    stagePattern: row.stagePattern,
    deployHosts: row.deployHosts,
    proof: row.proof as ProbeResult[],
    proofStartedAt: row.proofStartedAt,
    proofEndedAt: row.proofEndedAt,
    provenAt: row.provenAt,
  };
}

/** For the sweep: tests that were asked for and have not ended. */
export async function listDueProofs(db: Db, take = 100): Promise<string[]> {
  const where = { proofStartedAt: { not: null }, proofEndedAt: null };
  const rows = await db.deployProfile.findMany({
    where,
    orderBy: { proofStartedAt: "asc" },
    take,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}
