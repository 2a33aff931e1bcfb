import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "@branchline/core/ctx";
import { type Machines, type MachinesOptions, startMachines } from "@branchline/testing/apps";
import { enableAll, setUpAcme } from "@branchline/testing/scene/acme";
import { type Clone, cloneRepository } from "@branchline/testing/scene/clone";
import { until } from "@branchline/testing/until";
import { startWorld, type World } from "@branchline/testing/world";

const repository = "acme/bench";

export type Push = { sha: string; before: string };

/** All but web, and a repository of one service that develop deploys to staging. */
export type Product = {
  world: World;
  machines: Machines;
  ctx: Ctx;
  /** Of GitHub. */
  repositoryGithubId: bigint;
  /** Where a push happened, as its webhook tells it. */
  place: { repository: object; installation: object };
  clone: Clone;
  /** Commits these files, and pushes them to develop. */
  push(files: Record<string, string>): Promise<Push>;
};

/** A service of one topic, which any change of its version changes. */
export function topicService(version: number): Record<string, string> {
  const topic = `{ Type: "AWS::SNS::Topic", Properties: { DisplayName: "v${version}" } }`;
  return {
    "serverless.yml": `service: bench
provider: { name: aws, region: us-east-1 }
resources: { Resources: { Topic: ${topic} } }
`,
  };
}

/** For as long as `work` lasts. */
export async function withProduct<T>(options: MachinesOptions, work: (product: Product) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "branchline-bench-"));
  const closers: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    const world = await startWorld({ directory: join(directory, "world") });
    closers.push(world.stop);
    const machines = await startMachines(world, options);
    closers.push(machines.stop);
    const { ctx, profiles, close } = await setUpAcme(world);
    closers.push(close);
    const repositoryGithubId = await seed(world, join(directory, "seed"));
    const where = { organizationId: ctx.organizationId, fullName: repository, services: { some: {} } };
    const include = { installation: true };
    const find = () => ctx.db.repository.findFirst({ where, include });
    const { id, installation } = await until("the service is found", 60_000, find);
    await enableAll(ctx, id, profiles);
    const clone = await cloneRepository(world.github, await world.github.token("ada"), repository);
    closers.push(clone.remove);
    const push = async (files: Record<string, string>) => {
      const before = await clone.run("rev-parse", "HEAD");
      return { before, sha: await clone.push("develop", files, "Change") };
    };
    const place = {
      repository: { id: Number(repositoryGithubId), full_name: repository, private: true, default_branch: "main" },
      installation: { id: Number(installation.githubId) },
    };
    return await work({ world, machines, ctx, repositoryGithubId, place, clone, push });
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

async function seed({ github }: World, directory: string): Promise<bigint> {
  await mkdir(directory, { recursive: true });
  for (const [path, text] of Object.entries(topicService(0))) await writeFile(join(directory, path), text);
  const wishes = { private: true, defaultBranch: "main", from: directory, message: "First" };
  const { id } = await github.put(`/repositories/${repository}`, wishes);
  return BigInt(String(id));
}
