import type { Ctx, OutsideCtx } from "@branchline/core/ctx";
import { configureCiCd } from "@branchline/core/services/configure";
import { listServices } from "@branchline/core/services/queries";
import { createDb } from "@branchline/db";
import { createDoorbell } from "@branchline/queue";
import type { World } from "../world.ts";
import { bringIn, connectShop, foundAcme } from "./organization.ts";
import { type Person, people, signUp } from "./people.ts";
import { type Profiles, proveProfiles } from "./profiles.ts";
import { seedShop } from "./shop.ts";

export type Acme = {
  ctx: Ctx;
  ada: Person;
  bo: Person;
  eve: Person;
  profiles: Profiles;
  /** Gives back the connections; the world stays. */
  close(): Promise<void>;
};

/**
 * The organization acme as its people would have clicked it together, by core's own verbs and the worker's own jobs: Ada
 * owns it, Bo develops, Eve is outside; orders, billing and reports deploy develop to staging and main to prod. What an
 * earlier run has made is kept. Needs the apps to run.
 */
export async function setUpAcme(world: World): Promise<Acme> {
  const db = createDb(world.databaseUrl, 5);
  const doorbell = createDoorbell({ redisUrl: world.redisUrl, onFailure: () => undefined });
  const outside: OutsideCtx = { db, doorbell, now: () => new Date() };
  const close = async () => {
    await Promise.all([doorbell.close(), db.$disconnect()]);
  };
  try {
    const [ada, bo, eve] = await Promise.all(
      [people.ada, people.bo, people.eve].map((one) => signUp(db, world.github, one)),
    );
    if (ada === undefined || bo === undefined || eve === undefined) throw new Error("Three people were wished for");
    const ctx = await foundAcme(outside, ada);
    await bringIn(ctx, bo, "developer");
    const [shop, profiles] = await Promise.all([
      seedShop(world.github).then((github) => connectShop(ctx, github)),
      proveProfiles(ctx, world.aws),
    ]);
    await enableAll(ctx, shop.repositoryId, profiles);
    return { ctx, ada, bo, eve, profiles, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Enables CI/CD for the services of a repository that have none: develop deploys staging, and main prod. */
export async function enableAll(ctx: Ctx, repositoryId: string, profiles: Profiles): Promise<void> {
  const services = await listServices(ctx);
  for (const { serviceId, baseDirectory } of services.filter(
    (one) => !one.enabled && one.repositoryId === repositoryId,
  )) {
    await configureCiCd(ctx, {
      serviceId,
      repositoryId,
      baseDirectory,
      branchDeploys: [
        { branch: "develop", stage: "staging", deployProfileId: profiles.staging },
        { branch: "main", stage: "prod", deployProfileId: profiles.prod },
      ],
      triggerDirectories: [],
      alwaysDeploy: false,
      everyCommit: false,
      runTests: true,
      checkoutSubmodules: false,
    });
  }
}
