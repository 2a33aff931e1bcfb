import { once } from "node:events";
import { until } from "@branchline/testing/until";
import { Redis } from "ioredis";
import type { Benchmark, Row } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";
import { type Product, type Push, topicService, withProduct } from "./product.ts";
import { signedPush } from "./webhook-message.ts";

const warmUps = 5;
/** Enough that one in a hundred is not merely the slowest. */
const pushes = 120;
const patienceMs = 60_000;

/**
 * How long it takes from the webhook's first byte until it is told that the row of the first phase stands, while nothing else
 * is done. What is pushed can't be read, so each deployment ends with its checkout; then it is written down as a success, which is what
 * a push mostly follows. Beside it stands a statement that asks nothing, at the same moments: by that, a slow machine is
 * told from slow work.
 */
export const firstPhase: Benchmark = { name: "first-phase", run: () => withProduct({}, measure) };

async function measure(product: Product): Promise<Row[]> {
  const { sha } = await product.push(topicService(1));
  await ended(product, sha);
  await product.world.github.put("/mishap", { kind: "lost" });
  const times: number[] = [];
  const statements: number[] = [];
  const hints = await listenToHints(product);
  for (let version = 2; version < 2 + warmUps + pushes; version += 1) {
    const push = await product.push({ "serverless.yml": `service: {{ # ${version}\n` });
    const sentAt = performance.now();
    const [begunAt] = await Promise.all([hints.phase(), deliver(product, push)]);
    times.push(begunAt - sentAt);
    await ended(product, push.sha);
    await succeed(product, push.sha);
    const askedAt = performance.now();
    await product.ctx.db.$queryRaw`SELECT 1`;
    statements.push(performance.now() - askedAt);
  }
  hints.close();
  return [rowOf("push received → first phase running", times), rowOf("a statement of Postgres", statements)];
}

function rowOf(name: string, times: number[]): Row {
  const measured = times.slice(warmUps);
  const quantileMs = (share: number) => rounded(quantile(measured, share), 1);
  return { name, pushes, "p50 ms": quantileMs(0.5), "p95 ms": quantileMs(0.95), "p99 ms": quantileMs(0.99) };
}

async function deliver({ world, place }: Product, { sha, before }: Push): Promise<void> {
  const secret = world.environment.api.GITHUB_WEBHOOK_SECRET ?? "";
  const { headers, body } = signedPush({ after: sha, before, ...place }, secret);
  const answer = await fetch(`${world.apiUrl}/webhooks/github`, {
    method: "POST",
    headers,
    body: new Uint8Array(body),
  });
  if (answer.status !== 202) throw new Error(`The webhook was answered with ${answer.status}`);
}

/** What workers tell the pages. To ask the database again and again would keep a core from those who work. */
async function listenToHints({ world }: Product) {
  const redis = new Redis(world.environment.worker.REDIS_URL ?? "");
  await redis.psubscribe("tail:*");
  return {
    /** @returns when a phase begins */
    async phase(): Promise<number> {
      const signal = AbortSignal.timeout(patienceMs);
      for (;;) {
        const [, , hint] = await once(redis, "pmessage", { signal });
        if (hint === "phase") return performance.now();
      }
    },
    close: () => redis.disconnect(),
  };
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
