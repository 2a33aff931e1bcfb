import { cancelDeployment } from "@branchline/core/deployments/cancel";
import { Prisma } from "@branchline/db";
import { until } from "@branchline/testing/until";
import type { Benchmark, Row } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";
import { type Product, topicService, withProduct } from "./product.ts";

const crashes = 7;
const patienceMs = 60_000;

/** How long a deployment stands still whose worker is killed while it installs, until another worker, which is idle, runs it. */
export const crash: Benchmark = { name: "crash", run: () => withProduct({}, measure) };

async function measure(product: Product): Promise<Row[]> {
  const times: number[] = [];
  for (let version = 1; version <= crashes; version += 1) times.push(await crashOnce(product, version));
  return [
    {
      name: "a worker is killed → its deployment goes on",
      crashes,
      "p50 s": rounded(quantile(times, 0.5) / 1000, 1),
      "max s": rounded(Math.max(...times) / 1000, 1),
    },
  ];
}

async function crashOnce({ ctx, machines, push }: Product, version: number): Promise<number> {
  const { sha } = await push({ ...topicService(version), ...endlessInstall });
  const first = await installing(ctx.db, sha, 0);
  await machines.addWorker();
  const killedAt = performance.now();
  await machines.signalWorker("SIGKILL").ended;
  await installing(ctx.db, sha, first);
  const tookMs = performance.now() - killedAt;
  const { id } = await ctx.db.deployment.findFirstOrThrow({ where: { commitSha: sha } });
  await cancelDeployment(ctx, { deploymentId: id });
  await until("the deployment is cancelled", patienceMs, () =>
    ctx.db.deployment.findFirst({ where: { id, status: "cancelled" } }),
  );
  await machines.removeWorker();
  await machines.replaceWorker();
  return tookMs;
}

/** Runs until its worker dies, or somebody cancels. */
const endlessInstall = {
  "package.json": JSON.stringify({ name: "bench", version: "1.0.0", scripts: { preinstall: "sleep 600" } }),
};

/** Settles with the epoch of the attempt after `epoch` when that installs. */
async function installing(db: Product["ctx"]["db"], sha: string, epoch: number): Promise<number> {
  return await until(`${sha} installs`, patienceMs, async () => {
    const [row] = await db.$queryRaw<{ epoch: number }[]>(Prisma.sql`
      SELECT phases.epoch FROM phases JOIN deployments ON deployments.id = deployment_id
      WHERE commit_sha = ${sha} AND phases.name = 'install' AND phases.status = 'running' AND phases.epoch > ${epoch}`);
    return row?.epoch ?? null;
  });
}
