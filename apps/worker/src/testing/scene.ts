import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "@branchline/core/ctx";
import { createTail, type Tail } from "@branchline/logs";
import { type Machines, type MachinesOptions, startMachines } from "@branchline/testing/apps";
import { type Acme, enableAll, setUpAcme } from "@branchline/testing/scene/acme";
import { startWorld, type World } from "@branchline/testing/world";

export type Scene = {
  world: World;
  machines: Machines;
  ctx: Ctx;
  profiles: Acme["profiles"];
  /** A person's token to push with. */
  token: string;
  /** Settles when `look` finds something; looks again whenever the organization's pages would. */
  until<T>(look: () => Promise<T | null | undefined>): Promise<T>;
  stop(): Promise<void>;
};

/** The machines' half of the product on a world of its own: api and workers as processes, and the organization acme. */
export async function startScene(
  optionsOf: (world: World) => Promise<MachinesOptions> = async () => ({}),
): Promise<Scene> {
  const directory = await mkdtemp(join(tmpdir(), "scene-"));
  const world = await startWorld({ directory });
  const machines = await optionsOf(world)
    .then((options) => startMachines(world, options))
    .catch(async (error: unknown) => {
      await world.stop();
      throw error;
    });
  const { ctx, profiles, close } = await setUpAcme(world);
  const tail = createTail(world.redisUrl);
  return {
    world,
    machines,
    ctx,
    profiles,
    token: await world.github.token("ada"),
    until: (look) => untilFound(tail, ctx.organizationId, look),
    async stop() {
      await machines.stop();
      await Promise.all([close(), tail.close()]);
      await world.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As the pages do: a hint may be lost, which loses time and nothing else. */
const lookAgainMs = 5_000;

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
      const again = setTimeout(hinted.resolve, lookAgainMs);
      await hinted.promise;
      clearTimeout(again);
      hinted = Promise.withResolvers<void>();
    }
  } finally {
    await leave();
  }
}

/** Makes a repository of a folder, lets the real scan find its services, and enables CI/CD for each. */
export async function enableRepository({ world, ctx, profiles, until }: Scene, name: string, from: string) {
  await world.github.put(`/repositories/acme/${name}`, {
    private: true,
    defaultBranch: "main",
    from,
    message: "First",
  });
  const { organizationId, db } = ctx;
  const where = { organizationId, fullName: `acme/${name}`, services: { some: {} } };
  const { id } = await until(() => db.repository.findFirst({ where, select: { id: true } }));
  await enableAll(ctx, id, profiles);
}
