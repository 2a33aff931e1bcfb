import type { Ctx } from "@branchline/core/ctx";
import { createDeployProfile } from "@branchline/core/deploy-profiles/create";
import { proveDeployProfile } from "@branchline/core/deploy-profiles/prove";
import { type DeployProfileView, listDeployProfiles } from "@branchline/core/deploy-profiles/queries";
import type { LocalAws } from "../aws.ts";
import { accounts, createDeployRole } from "../aws-accounts.ts";
import { until } from "../until.ts";

const proofMs = 60_000;

type Wishes = { name: string; accountId: string; stagePattern: string; allowedBranches: string[] };

/** Staging in one customer account, prod in the other; a branch that is not for a stage never reaches its account. */
const wished: Wishes[] = [
  { name: "staging", accountId: accounts.staging, stagePattern: "*", allowedBranches: [] },
  { name: "prod", accountId: accounts.prod, stagePattern: "prod", allowedBranches: ["main"] },
];

export type Profiles = { staging: string; prod: string };

/**
 * The two deploy profiles, each with the role in the customer's account that trusts its external id, proven by the worker.
 * @returns their ids
 */
export async function proveProfiles(ctx: Ctx, aws: Pick<LocalAws, "endpoint" | "ca">): Promise<Profiles> {
  const [staging, prod] = await Promise.all(wished.map((one) => proveProfile(ctx, aws, one)));
  if (staging === undefined || prod === undefined) throw new Error("Two profiles were wished for");
  return { staging, prod };
}

async function proveProfile(ctx: Ctx, aws: Pick<LocalAws, "endpoint" | "ca">, wishes: Wishes): Promise<string> {
  const { accountId, ...limits } = wishes;
  const name = `branchline-${wishes.name}`;
  const roleArn = `arn:aws:iam::${accountId}:role/${name}`;
  if ((await findProfile(ctx, wishes.name)) === undefined) {
    const platform = { platformAccountId: accounts.platform };
    await createDeployProfile(ctx, { ...limits, roleArn, region: "us-east-1", deployHosts: [] }, platform);
  }
  const profile = await findProfile(ctx, wishes.name);
  if (profile === undefined) throw new Error(`No profile ${wishes.name}`);
  const { deployProfileId, externalId } = profile;
  // Also for a profile of an earlier run: the emulator forgets its roles when it is killed.
  await createDeployRole(aws, { accountId, name, externalId, platformAccountId: accounts.platform });
  if (profile.provenAt !== null) return deployProfileId;
  await proveDeployProfile(ctx, { deployProfileId });
  await until(`the worker proves the profile ${wishes.name}`, proofMs, async () => await proofOf(ctx, wishes.name));
  return deployProfileId;
}

async function proofOf(ctx: Ctx, slug: string): Promise<true | null> {
  const profile = await findProfile(ctx, slug);
  if (profile === undefined || profile.proofEndedAt === null) return null;
  if (profile.provenAt !== null) return true;
  throw new Error(`The role of ${slug} was not proven: ${JSON.stringify(profile.proof)}`);
}

async function findProfile(ctx: Ctx, slug: string): Promise<DeployProfileView | undefined> {
  return (await listDeployProfiles(ctx)).find((one) => one.slug === slug);
}
