import { setTimeout as pause } from "node:timers/promises";
import { Prisma } from "@branchline/db";
import { until } from "@branchline/testing/until";
import type { Benchmark, Row } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";
import { type Product, type Push, topicService, withProduct } from "./product.ts";
import { signedPush } from "./webhook-message.ts";

const warmUps = 5;
const pushes = 60;
const patienceMs = 60_000;

/**
 * How long it takes from the webhook's first byte to the row that says that the first phase runs, while nothing else does. What
 * is pushed can't be read, so each deployment ends with its checkout; then it is written down as a success, which is what
 * a push mostly follows.
 */
export const firstPhase: Benchmark = { name: "first-phase", run: () => withProduct({}, measure) };

async function measure(product: Product): Promise<Row[]> {
  const { sha } = await product.push(topicService(1));
  await ended(product, sha);
  await product.world.github.put("/mishap", { kind: "lost" });
  const times: number[] = [];
  for (let version = 2; version < 2 + warmUps + pushes; version += 1) {
    const push = await product.push({ "serverless.yml": `service: {{ # ${version}\n` });
    const sentAt = performance.now();
    await deliver(product, push);
    await running(product, push.sha);
    times.push(performance.now() - sentAt);
    await ended(product, push.sha);
    await succeed(product, push.sha);
  }
  const measured = times.slice(warmUps);
  return [
    {
      name: "push received → first phase running",
      pushes,
      "p50 ms": rounded(quantile(measured, 0.5), 1),
      "p95 ms": rounded(quantile(measured, 0.95), 1),
      "p99 ms": rounded(quantile(measured, 0.99), 1),
    },
  ];
}

async function deliver({ world, repositoryGithubId, fullName }: Product, { sha, before }: Push): Promise<void> {
  const repository = { id: Number(repositoryGithubId), full_name: fullName, private: true, default_branch: "main" };
  const secret = world.environment.api.GITHUB_WEBHOOK_SECRET ?? "";
  const { headers, body } = signedPush({ after: sha, before, repository }, secret);
  const answer = await fetch(`${world.apiUrl}/webhooks/github`, {
    method: "POST",
    headers,
    body: new Uint8Array(body),
  });
  if (answer.status !== 202) throw new Error(`The webhook was answered with ${answer.status}`);
}

/** Asked as often as it can be without keeping a core from those who work. */
async function running({ ctx }: Product, sha: string): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await pause(2)) {
    const rows = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`
      SELECT FROM phases JOIN deployments ON deployments.id = deployment_id WHERE commit_sha = ${sha}`);
    if (rows.length > 0) return;
  }
  throw new Error(`No phase of ${sha} began`);
}

async function succeed({ ctx }: Product, sha: string): Promise<void> {
  await ctx.db.deployment.updateMany({ where: { commitSha: sha }, data: { status: "succeeded", reason: null } });
}

/** Ended and reported, so that nothing is under way any more. */
async function ended({ ctx }: Product, sha: string): Promise<void> {
  await until(`the deployment of ${sha} ends`, patienceMs, async () => {
    const row = await ctx.db.deployment.findFirst({ where: { commitSha: sha } });
    return row?.finishedAt && row.reportedStatus === row.status ? row : null;
  });
}
