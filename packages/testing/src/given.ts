import type { CoreBell } from "@branchline/core/bells";
import type { Ctx, OutsideCtx } from "@branchline/core/ctx";
import { createDeployProfile } from "@branchline/core/deploy-profiles/create";
import { probes } from "@branchline/core/deploy-profiles/proof";
import { proveDeployProfile } from "@branchline/core/deploy-profiles/prove";
import { finishProof, type ProofSubject, recordProbe } from "@branchline/core/deploy-profiles/record-proof";
import { type QueueDeployment, type QueuedDeployment, queueDeployment } from "@branchline/core/deployments/queue";
import { connectInstallation } from "@branchline/core/installations/connect";
import { claimSync, recordRepositories } from "@branchline/core/installations/sync";
import { acceptInvitation } from "@branchline/core/invitations/accept";
import { createInvitation } from "@branchline/core/invitations/create";
import { createOrganization } from "@branchline/core/organizations/create";
import { findMembership } from "@branchline/core/organizations/queries";
import { recordScan } from "@branchline/core/repositories/record-scan";
import { claimScan } from "@branchline/core/repositories/scan";
import { configureCiCd } from "@branchline/core/services/configure";
import type { Db, Role } from "@branchline/db";

/** The account that assumes roles in tests; no profile's role may be in it. */
export const platformAccountId = "111122223333";

export type GivenUser = { userId: string; name: string; email: string };
export type GivenOrganization = { ctx: Ctx; slug: string; organizationId: string; owner: GivenUser; bells: CoreBell[] };
export type GivenRepository = {
  installationId: string;
  installationGithubId: bigint;
  repositoryId: string;
  githubId: bigint;
  fullName: string;
};
export type GivenProfile = {
  deployProfileId: string;
  slug: string;
  roleArn: string;
  region: string;
  accountId: string;
};
export type GivenMapping = { branch: string; stage: string; profile?: GivenProfile };
export type GivenService = {
  serviceId: string;
  appId: string;
  app: string;
  service: string;
  baseDirectory: string;
  repository: GivenRepository;
  profile: GivenProfile;
};

type ServiceWishes = {
  mappings?: GivenMapping[];
  repository?: GivenRepository;
  profile?: GivenProfile;
  /** Also its directory. */
  name?: string;
  triggerDirectories?: string[];
  alwaysDeploy?: boolean;
  everyCommit?: boolean;
};

/**
 * Rows of a test, made by the verbs that make them in the product. Each organization is new, so tests may run at once.
 * What was rung for is in the organization's `bells`.
 */
export function givenIn(db: Db, now: () => Date = () => new Date()) {
  return {
    user: () => user(db),
    organization: () => organization(db, now),
    member: (of: GivenOrganization, role: Role) => member(of, role),
    repository: (of: GivenOrganization, wishes: { name?: string } = {}) => repository(of, wishes),
    profile: (of: GivenOrganization, wishes: ProfileWishes = {}) => profile(of, wishes),
    proof: (of: GivenOrganization, subject: ProofSubject) => proof(of, subject),
    service: (of: GivenOrganization, wishes: ServiceWishes = {}) => service(of, wishes),
    deployment: (of: GivenOrganization, to: GivenService, wishes: Partial<QueueDeployment> = {}) =>
      deployment(of, to, wishes),
  };
}

/** As better-auth leaves a person who signed in with GitHub. */
async function user(db: Db): Promise<GivenUser> {
  const name = `person-${short()}`;
  const { id } = await db.user.create({
    data: { id: crypto.randomUUID(), name, login: name, email: `${name}@example.com`, emailVerified: true },
  });
  return { userId: id, name, email: `${name}@example.com` };
}

async function organization(db: Db, now: () => Date): Promise<GivenOrganization> {
  const owner = await user(db);
  const bells: CoreBell[] = [];
  const doorbell = { ring: async (rung: CoreBell[]) => void bells.push(...rung) };
  const outside: OutsideCtx = { db, now, doorbell, user: owner };
  const { slug } = await createOrganization(outside, { name: "Acme", slug: `acme-${short()}` });
  const ctx = await ctxOf(outside, slug, owner);
  return { ctx, slug, organizationId: ctx.organizationId, owner, bells };
}

async function member({ ctx, slug }: GivenOrganization, role: Role): Promise<{ ctx: Ctx; user: GivenUser }> {
  const invited = await user(ctx.db);
  const { token } = await createInvitation(ctx, { email: invited.email, role });
  const outside: OutsideCtx = { db: ctx.db, now: ctx.now, doorbell: ctx.doorbell, user: invited };
  await acceptInvitation(outside, { token, verifiedEmails: [invited.email] });
  return { ctx: await ctxOf(outside, slug, invited), user: invited };
}

async function ctxOf({ db, now, doorbell }: OutsideCtx, slug: string, { userId, name }: GivenUser): Promise<Ctx> {
  const membership = await findMembership(db, { slug, userId });
  if (membership === null) throw new Error(`${name} is no member of ${slug}.`);
  const { organizationId, role } = membership;
  return { db, now, doorbell, organizationId, actor: { kind: "user", userId, name, role } };
}

async function repository({ ctx }: GivenOrganization, { name = "shop" }: { name?: string }): Promise<GivenRepository> {
  const login = `acme-${short()}`;
  const installationGithubId = randomId();
  const account = { githubId: randomId(), login, type: "Organization" } as const;
  const { installationId } = await connectInstallation(ctx, { githubId: installationGithubId, account });
  const fullName = `${login}/${name}`;
  const granted = { githubId: randomId(), fullName, private: true, defaultBranch: "main" };
  await claimSync(ctx.db, installationId);
  await recordRepositories(ctx, installationId, [granted]);
  const where = { installationId, githubId: granted.githubId };
  const { id } = await ctx.db.repository.findFirstOrThrow({ where });
  return { installationId, installationGithubId, repositoryId: id, githubId: granted.githubId, fullName };
}

type ProfileWishes = {
  proven?: boolean;
  name?: string;
  accountId?: string;
  region?: string;
  allowedBranches?: string[];
  stagePattern?: string;
};

async function profile(of: GivenOrganization, wishes: ProfileWishes): Promise<GivenProfile> {
  const { proven = true, accountId = "222233334444", region = "us-east-1" } = wishes;
  const name = wishes.name ?? `profile-${short()}`;
  const roleArn = `arn:aws:iam::${accountId}:role/${name}`;
  const limits = { allowedBranches: wishes.allowedBranches ?? [], stagePattern: wishes.stagePattern ?? "*" };
  const settings = { name, roleArn, region, deployHosts: [], ...limits };
  const { deployProfileId, slug } = await createDeployProfile(of.ctx, settings, { platformAccountId });
  if (proven) await proof(of, { deployProfileId, roleArn, region });
  return { deployProfileId, slug, roleArn, region, accountId };
}

/** A test of the profile's role that ended well. */
async function proof({ ctx }: GivenOrganization, subject: ProofSubject): Promise<void> {
  const { deployProfileId } = subject;
  await proveDeployProfile(ctx, { deployProfileId });
  for (const probe of probes) await recordProbe(ctx, { ...subject, probe, outcome: "passed", message: "" });
  await finishProof(ctx, subject);
}

async function service(of: GivenOrganization, wishes: ServiceWishes): Promise<GivenService> {
  const { ctx } = of;
  const home = wishes.repository ?? (await repository(of, {}));
  const used = wishes.profile ?? (await profile(of, {}));
  const name = wishes.name ?? "orders";
  const { repositoryId } = home;
  const app = home.fullName.slice(home.fullName.indexOf("/") + 1);
  const known = await ctx.db.service.findMany({ where: { repositoryId, goneAt: null }, include: { app: true } });
  const kept = known.map((row) => found(row.app.slug, row.slug));
  await claimScan(ctx.db, repositoryId);
  await recordScan(ctx, { repositoryId, sha: "a".repeat(40), found: [...kept, found(app, name)], problem: null });
  const where = { repositoryId, baseDirectory: name, goneAt: null };
  const { id: serviceId, appId, slug, baseDirectory } = await ctx.db.service.findFirstOrThrow({ where });
  await configureCiCd(ctx, {
    serviceId,
    repositoryId,
    baseDirectory,
    branchDeploys: (wishes.mappings ?? [{ branch: "main", stage: "prod" }]).map((mapping) => ({
      branch: mapping.branch,
      stage: mapping.stage,
      deployProfileId: (mapping.profile ?? used).deployProfileId,
    })),
    triggerDirectories: wishes.triggerDirectories ?? [],
    alwaysDeploy: wishes.alwaysDeploy ?? false,
    everyCommit: wishes.everyCommit ?? false,
    runTests: true,
    checkoutSubmodules: false,
  });
  return { serviceId, appId, app, service: slug, baseDirectory, repository: home, profile: used };
}

/** A queued deployment of main to prod, as a push brings it, unless something else is wished. */
function deployment(
  { ctx }: GivenOrganization,
  { serviceId, profile }: GivenService,
  wishes: Partial<QueueDeployment>,
): Promise<QueuedDeployment> {
  return queueDeployment(ctx, {
    serviceId,
    deployProfileId: profile.deployProfileId,
    stage: "prod",
    branch: "main",
    commit: { sha: "a".repeat(40), message: "Change", author: "Ada", authorLogin: "ada" },
    trigger: "push",
    triggeredByAvatar: null,
    because: "`orders/a.js` changed",
    deliveryId: null,
    ...wishes,
  });
}

function found(app: string, name: string) {
  return { baseDirectory: name, configFile: "serverless.yml", org: null, app, service: name, unreadBecause: null };
}

function short(): string {
  return crypto.randomUUID().slice(0, 8);
}

function randomId(): bigint {
  return BigInt(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) + 1n;
}
