import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setParameter } from "@branchline/core/parameters/set";
import { listServices } from "@branchline/core/services/queries";
import { seal } from "@branchline/secrets";
import { type Acme, enableAll } from "@branchline/testing/scene/acme";
import { cloneRepository } from "@branchline/testing/scene/clone";
import { until } from "@branchline/testing/until";
import type { World } from "@branchline/testing/world";
import type { Arena } from "./arena.ts";
import { canaryName, repository, services, writeService } from "./services.ts";

/** One push to develop: the version of each service at its commit, and the services that it changed. */
export type Push = { sha: string; changed: string[]; versions: Map<string, number> };

export type Stream = {
  pushes: Push[];
  /** The secret of every service. */
  canary: string;
  push(changed: readonly string[]): Promise<void>;
  remove(): Promise<void>;
};

/** The repository with its services enabled, and somebody who pushes to it. */
export async function startStream({ world, acme }: Pick<Arena, "world" | "acme">): Promise<Stream> {
  await seedRepository(world);
  const canary = `canary-${crypto.randomUUID()}`;
  await enableServices(world, acme, canary);
  const clone = await cloneRepository(world.github, await world.github.token("ada"), repository);
  const pushes: Push[] = [];
  const versions = new Map(services.map((service) => [service, 0]));
  return {
    pushes,
    canary,
    async push(changed) {
      for (const service of changed) {
        versions.set(service, pushes.length + 1);
        await writeService(clone.directory, service, pushes.length + 1);
      }
      const sha = await clone.push("develop", {}, `Change ${changed.join(" and ")}`);
      pushes.push({ sha, changed: [...changed], versions: new Map(versions) });
    },
    remove: clone.remove,
  };
}

async function seedRepository({ github }: World): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "chaos-"));
  try {
    for (const service of services) await writeService(directory, service, 0);
    const settings = { private: true, defaultBranch: "main", from: directory, message: "First" };
    await github.put(`/repositories/${repository}`, settings);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function enableServices({ environment }: World, { ctx, profiles }: Acme, canary: string): Promise<void> {
  const where = { organizationId: ctx.organizationId, fullName: repository, services: { some: {} } };
  const { id } = await until("the services are found", 60_000, () => ctx.db.repository.findFirst({ where }));
  const sealedValue = await seal(environment.web.SECRETS_RECIPIENT ?? "", canary);
  const secret = { stage: null, name: canaryName, sealedValue, inBuildEnvironment: true };
  const found = (await listServices(ctx)).filter(({ repositoryId }) => repositoryId === id);
  for (const { serviceId } of found) await setParameter(ctx, { ...secret, serviceId });
  await enableAll(ctx, id, profiles);
}
