import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Acme, enableAll } from "@branchline/testing/scene/acme";
import { cloneUrl, git } from "@branchline/testing/scene/git";
import { people } from "@branchline/testing/scene/people";
import { until } from "@branchline/testing/until";
import type { World } from "@branchline/testing/world";
import type { Dice } from "./dice.ts";

export const repository = "acme/chaos";
export const services = Array.from({ length: 20 }, (_, index) => `chaos-${String(index + 1).padStart(2, "0")}`);

/** One push to develop: the version of each service at its commit, and the services that it changed. */
export type Push = { sha: string; at: number; changed: string[]; versions: Map<string, number> };

/** A stack of one topic, whose output tells which version it is at. */
function configOf(service: string, version: number): string {
  return `service: ${service}
provider: { name: aws, region: us-east-1 }
resources:
  Resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: "v${version}" } } }
  Outputs: { Version: { Value: "v${version}" } }
`;
}

async function writeConfig(directory: string, service: string, version: number): Promise<void> {
  await mkdir(join(directory, service), { recursive: true });
  await writeFile(join(directory, service, "serverless.yml"), configOf(service, version));
}

export type Stream = { pushes: Push[]; push(dice: Dice): Promise<void>; remove(): Promise<void> };

/** The repository with its services enabled, and somebody who pushes to it. */
export async function startStream(world: World, { ctx, profiles }: Acme): Promise<Stream> {
  const directory = await mkdtemp(join(tmpdir(), "chaos-"));
  const seed = join(directory, "seed");
  for (const service of services) await writeConfig(seed, service, 0);
  const settings = { private: true, defaultBranch: "main", from: seed, message: "First" };
  await world.github.put(`/repositories/${repository}`, settings);
  const where = { organizationId: ctx.organizationId, fullName: repository, services: { some: {} } };
  const found = await until("the services are found", 60_000, () => ctx.db.repository.findFirst({ where }));
  await enableAll(ctx, found.id, profiles);
  const clone = join(directory, "clone");
  await mkdir(clone);
  const run = (...args: string[]) => git(clone, people.ada, args);
  await run("clone", "--quiet", cloneUrl(world.github.url, await world.github.token("ada"), repository), ".");
  const pushes: Push[] = [];
  const versions = new Map(services.map((service) => [service, 0]));
  return {
    pushes,
    async push(dice) {
      const changed = Array.from(
        { length: dice.between(1, 2) },
        () => services[dice.between(0, services.length - 1)] ?? "",
      );
      for (const service of changed) {
        versions.set(service, pushes.length + 1);
        await writeConfig(clone, service, pushes.length + 1);
      }
      await run("commit", "--quiet", "--all", "--message", `Change ${changed.join(" and ")}`);
      await run("push", "--quiet", "origin", "HEAD:refs/heads/develop");
      const sha = await run("rev-parse", "HEAD");
      pushes.push({ sha, at: Date.now(), changed, versions: new Map(versions) });
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
