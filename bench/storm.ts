import { readFile } from "node:fs/promises";
import { Agent } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "@branchline/testing/until";
import { execa } from "execa";
import type { Benchmark, Row } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";
import { post } from "./load.ts";
import { type Product, topicService, withProduct } from "./product.ts";
import { signedPush } from "./webhook-message.ts";

/** Each deploys to a stage of its own. */
const branches = ["develop", "main"];
const commits = 2_500;
const seconds = 10;
/** As many commits at once as a branch moves on by. */
const atOnce = 25;
const connections = 64;
const patienceMs = 180_000;
/** Of GitHub, for an installation. A request that writes has five points, any other one. */
const limits = { pointsAMinute: 900, requestsAnHour: 5_000 };

/** A storm of pushes to one repository, until every one of them is handled and each branch's head is deployed. */
export const storm: Benchmark = { name: "storm", run: () => withProduct({}, measure) };

async function measure(product: Product): Promise<Row[]> {
  await product.push(topicService(1));
  const first = await product.clone.run("rev-parse", "HEAD");
  await product.clone.run("push", "--quiet", "origin", `${first}:refs/heads/main`);
  for (const branch of branches) await deployed(product, branch, first);
  const shas = await commitMany(product, first);
  await product.clone.run("push", "--quiet", "origin", `${shas.at(-1)}:refs/heads/side`);

  const since = new Date();
  const begun = performance.now();
  const sinceBegun = () => rounded((performance.now() - begun) / 1000, 1);
  const answers = await rage(product, [first, ...shas]);
  const sent = sinceBegun();
  await handled(product, shas);
  const handledAfter = sinceBegun();
  for (const branch of branches) await deployed(product, branch, shas.at(-1) ?? "");
  return [
    {
      name: `${answers.length} pushes to ${branches.length} branches of a repository`,
      "sent in s": sent,
      "answer p99 ms": rounded(quantile(answers, 0.99), 1),
      "handled after s": handledAfter,
      "heads deployed after s": sinceBegun(),
      ...(await deployments(product, since)),
      "asked of GitHub": await asked(product, since),
    },
  ];
}

/** Each changes the service. @returns them, in order */
async function commitMany({ clone }: Product, parent: string): Promise<string[]> {
  const marks = join(clone.directory, ".git/marks");
  const stream = Array.from({ length: commits }, (_, index) => {
    const text = topicService(index + 2)["serverless.yml"] ?? "";
    const from = index === 0 ? `from ${parent}\n` : "";
    return `commit refs/heads/storm
mark :${index + 1}
committer Ada <ada@example.com> ${1_790_000_000 + index} +0000
data 4
Push
${from}M 100644 inline serverless.yml
data ${text.length}
${text}
`;
  });
  await execa("git", ["fast-import", "--quiet", `--export-marks=${marks}`], {
    cwd: clone.directory,
    input: stream.join(""),
  });
  const shas: string[] = Array(commits);
  for (const line of (await readFile(marks, "utf8")).trim().split("\n")) {
    const [mark = "", sha = ""] = line.split(" ");
    shas[Number(mark.slice(1)) - 1] = sha;
  }
  return shas;
}

/** @returns the milliseconds until each answer, all of which must be 202 */
async function rage({ world, repositoryGithubId, place }: Product, line: string[]): Promise<number[]> {
  const bare = join(world.directory, "github/git", `${repositoryGithubId}.git`);
  const secret = world.environment.api.GITHUB_WEBHOOK_SECRET ?? "";
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const sending: Promise<number>[] = [];
  const send = async (ref: string, turn: number) => {
    const message = signedPush({ ref, before: line[turn - 1] ?? "", after: line[turn] ?? "", ...place }, secret);
    const begun = performance.now();
    const status = await post(agent, `${world.apiUrl}/webhooks/github`, message);
    if (status !== 202) throw new Error(`A webhook was answered with ${status}`);
    return performance.now() - begun;
  };
  const begun = performance.now();
  for (let last = atOnce; last < line.length; last += atOnce) {
    for (const branch of branches) {
      const ref = `refs/heads/${branch}`;
      // Moved beside GitHub's own pushes, which could not be so many: it tells nobody, so the storm does.
      await execa("git", ["update-ref", ref, line[last] ?? ""], { cwd: bare });
      for (let turn = last - atOnce + 1; turn <= last; turn += 1) sending.push(send(ref, turn));
    }
    await pause(Math.max(0, begun + (last / commits) * seconds * 1000 - performance.now()));
  }
  const answers = await Promise.all(sending);
  agent.destroy();
  return answers;
}

/** All of them are stored, and said what became of them. */
async function handled({ ctx }: Product, shas: string[]): Promise<void> {
  const where = { event: "push", branch: { in: branches }, headSha: { in: shas }, settledAt: { not: null } };
  await until("every push is handled", patienceMs, async () =>
    (await ctx.db.webhookDelivery.count({ where })) === shas.length * branches.length ? true : null,
  );
}

/** The newest of a branch, which must be of that commit. */
async function deployed({ ctx }: Product, branch: string, sha: string): Promise<void> {
  const where = { branch, repository: { organizationId: ctx.organizationId } };
  await until(`${sha} is deployed from ${branch}`, patienceMs, async () => {
    const newest = await ctx.db.deployment.findFirst({ where, orderBy: { number: "desc" } });
    return newest?.commitSha === sha && newest.status === "succeeded" ? true : null;
  });
}

async function deployments({ ctx }: Product, since: Date) {
  const rows = await ctx.db.deployment.findMany({ where: { queuedAt: { gte: since } } });
  return {
    deployments: rows.length,
    ran: rows.filter(({ startedAt }) => startedAt !== null).length,
    superseded: rows.filter(({ reason }) => reason === "superseded").length,
  };
}

async function asked({ world }: Product, since: Date): Promise<number> {
  const requests = (await world.github.requests()).filter(
    ({ path, at }) => path.startsWith("/api/v3/") && at >= since.getTime(),
  );
  const points = requests.map(({ method, at }) => ({ at, points: method === "GET" ? 1 : 5 }));
  const minute = ({ at: from }: { at: number }) =>
    points.reduce((sum, one) => (one.at >= from && one.at < from + 60_000 ? sum + one.points : sum), 0);
  const busiest = Math.max(...points.map(minute));
  if (busiest > limits.pointsAMinute || requests.length > limits.requestsAnHour)
    throw new Error(`GitHub was asked ${requests.length} times, for ${busiest} points within a minute`);
  return requests.length;
}
