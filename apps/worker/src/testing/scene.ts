import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx, OutsideCtx } from "@branchline/core/ctx";
import { createDeployProfile } from "@branchline/core/deploy-profiles/create";
import { proveDeployProfile } from "@branchline/core/deploy-profiles/prove";
import { getDeployProfile } from "@branchline/core/deploy-profiles/queries";
import { connectInstallation } from "@branchline/core/installations/connect";
import { createOrganization } from "@branchline/core/organizations/create";
import { findMembership } from "@branchline/core/organizations/queries";
import { createDb, type Db } from "@branchline/db";
import { createTail, type Tail } from "@branchline/logs";
import { createDoorbell } from "@branchline/queue";
import { startMachines } from "@branchline/testing/apps";
import { accounts, createDeployRole } from "@branchline/testing/aws-accounts";
import { startWorld, type World } from "@branchline/testing/world";

export type Scene = {
  world: World;
  db: Db;
  ctx: Ctx;
  /** A person's token to push with. */
  token: string;
  /** Settles when `look` finds something; looks again whenever the organization's pages would. */
  until<T>(look: () => Promise<T | null | undefined>): Promise<T>;
  stop(): Promise<void>;
};

/** The machines' half of the product on a world of its own: api and worker as processes, and an organization of Ada's. */
export async function startScene(): Promise<Scene> {
  const directory = await mkdtemp(join(tmpdir(), "scene-"));
  const world = await startWorld({ directory });
  const machines = await startMachines(world).catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
  const db = createDb(world.databaseUrl);
  const tail = createTail(world.redisUrl);
  const doorbell = createDoorbell({ redisUrl: world.redisUrl, onFailure: (error) => console.error(error) });
  const ctx = await createAcme({ db, doorbell, now: () => new Date() });
  await world.github.put("/users/ada", { name: "Ada", email: "ada@example.com" });
  await world.github.put("/organizations/acme", { admins: ["ada"] });
  return {
    world,
    db,
    ctx,
    token: await world.github.token("ada"),
    until: (look) => untilFound(tail, ctx.organizationId, look),
    async stop() {
      await machines.stop();
      await Promise.all([doorbell.close(), tail.close(), db.$disconnect()]);
      await world.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function createAcme(outside: OutsideCtx): Promise<Ctx> {
  const user = { userId: "ada", name: "Ada", email: "ada@example.com" };
  await outside.db.user.create({ data: { id: user.userId, name: user.name, email: user.email, emailVerified: true } });
  await createOrganization({ ...outside, user }, { name: "Acme", slug: "acme" });
  const membership = await findMembership(outside.db, { slug: "acme", userId: user.userId });
  if (membership === null) throw new Error("Ada is not a member of the organization that she made.");
  const { organizationId, role } = membership;
  return { ...outside, organizationId, actor: { kind: "user", userId: user.userId, name: user.name, role } };
}

async function untilFound<T>(
  tail: Tail,
  organizationId: string,
  look: () => Promise<T | null | undefined>,
): Promise<T> {
  let hinted = Promise.withResolvers<void>();
  const leave = await tail.subscribe(`org:${organizationId}`, () => hinted.resolve());
  try {
    for (;;) {
      const found = await look();
      if (found !== null && found !== undefined) return found;
      await hinted.promise;
      hinted = Promise.withResolvers<void>();
    }
  } finally {
    await leave();
  }
}

/** Makes a repository of a folder, and connects it: its services are found by the real scan. */
export async function connectRepository({ world, ctx, until, db }: Scene, name: string, from: string): Promise<void> {
  await world.github.put(`/repositories/acme/${name}`, {
    private: true,
    defaultBranch: "main",
    from,
    message: "First",
  });
  const installation = await world.github.put("/installations/acme", { repositories: "all" });
  const account = installation.account as { id: number };
  await connectInstallation(ctx, {
    githubId: BigInt(installation.id as number),
    account: { githubId: BigInt(account.id), login: "acme", type: "Organization" },
  });
  await until(() => db.service.findFirst({ where: { repository: { fullName: `acme/${name}` } } }));
}

/** A deploy profile on a role of a customer's account, proven by the real probes. */
export async function createProvenProfile({ world, ctx, until }: Scene, name: "staging" | "prod"): Promise<string> {
  const accountId = accounts[name];
  const roleArn = `arn:aws:iam::${accountId}:role/branchline-${name}`;
  const settings = { name, roleArn, region: "us-east-1", allowedBranches: [], stagePattern: "*" };
  const { deployProfileId, slug } = await createDeployProfile(ctx, settings, { platformAccountId: accounts.platform });
  const { externalId } = await getDeployProfile(ctx, slug);
  await createDeployRole(world.aws, {
    accountId,
    name: `branchline-${name}`,
    externalId,
    platformAccountId: accounts.platform,
  });
  await proveDeployProfile(ctx, { deployProfileId });
  await until(async () => ((await getDeployProfile(ctx, slug)).provenAt === null ? null : true));
  return deployProfileId;
}
