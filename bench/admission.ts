import { admitDeployments } from "@branchline/core/deployments/admit";
import { claimDeployment } from "@branchline/core/deployments/claim";
import { finishDeployment } from "@branchline/core/deployments/finish";
import { createDb, type Db, Prisma } from "@branchline/db";
import { createDoorbell, type Doorbell, type Handlers, serve } from "@branchline/queue";
import { givenIn } from "@branchline/testing/given";
import type { Benchmark, Row } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";
import { withServers } from "./servers.ts";

const organizations = 20;
const services = 50;
const queued = 10_000;
/** Of one organization. */
const queuedOfOne = 9_000;
const seconds = 10;

/**
 * 10,000 deployments wait, 9,000 of them for one organization. Their turns come through the real queue, database and verbs;
 * each ends as soon as it was claimed, so what is left to measure is whose turn it is.
 */
export const admission: Benchmark = {
  name: "admission",
  run: () => withServers(async ({ database, redisUrl }) => [await measure(await database("branchline"), redisUrl)]),
};

async function measure(databaseUrl: string, redisUrl: string): Promise<Row> {
  const db = createDb(databaseUrl);
  const doorbell = createDoorbell({ redisUrl, onFailure: (error) => console.error(error) });
  try {
    const [busy] = await fill(db);
    const begun = performance.now();
    const started = await drain(db, doorbell, redisUrl);
    const others = started.filter((turn) => turn.organizationId !== busy);
    const firsts = new Map<string, number>();
    for (const turn of others) if (!firsts.has(turn.organizationId)) firsts.set(turn.organizationId, turn.at - begun);
    return {
      name: "10,000 queued, 9,000 of one organization",
      "starts / s": Math.round(started.length / seconds),
      "organizations that started": firsts.size + 1,
      "last organization's first, ms": Math.round(Math.max(...firsts.values())),
      "admission query, ms": await queryMs(db),
    };
  } finally {
    await doorbell.close();
    await db.$disconnect();
  }
}

type Turn = { organizationId: string; at: number };

/** Claims and ends whatever rings, as eight places of a worker would, for a while. */
async function drain(db: Db, doorbell: Doorbell, redisUrl: string): Promise<Turn[]> {
  const turns: Turn[] = [];
  const ignore = async () => undefined;
  const handlers: Handlers = {
    "github.receive": ignore,
    "github.redeliver": ignore,
    "deployment.take-over": ignore,
    "deployment.report": ignore,
    "repository.scan": ignore,
    "repository.look": ignore,
    "installation.sync": ignore,
    "deploy-profile.prove": ignore,
    "deployment.admit": async () => void (await admitDeployments(db, doorbell)),
    async "deployment.run"({ deploymentId }) {
      const claim = await claimDeployment(db, deploymentId, new Date());
      if (claim === null) return;
      turns.push({ organizationId: claim.organizationId, at: performance.now() });
      const ctx = {
        organizationId: claim.organizationId,
        actor: { kind: "system", name: "bench" },
        db,
        doorbell,
      } as const;
      await finishDeployment({ ...ctx, now: () => new Date() }, claim, { status: "succeeded", facts: {}, outputs: [] });
    },
  };
  const served = serve({
    redisUrl,
    handlers,
    concurrency: { webhooks: 1, deploys: 1, builds: 8, takeovers: 1, outbound: 4, chores: 1 },
    isPermanent: () => false,
    retryAfterMs: () => null,
    onError: (error) => console.error(error),
    onRedisError: (error) => console.error(error),
    deafAfterMs: 60_000,
    onDeaf: (queue) => console.error(`deaf to ${queue}`),
  });
  await served.ready;
  await doorbell.ring([{ name: "deployment.admit", payload: {} }]);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await served.stop(2_000);
  return turns;
}

/** Organizations, each with services that deploy every push; the rows by SQL, as copies of what the verbs made. */
async function fill(db: Db): Promise<string[]> {
  const given = givenIn(db);
  const ids: string[] = [];
  for (let index = 0; index < organizations; index += 1) {
    const organization = await given.organization();
    const service = await given.service(organization, { everyCommit: true });
    const { deploymentId } = await given.deployment(organization, service);
    await copyService(db, service.serviceId);
    const count = index === 0 ? queuedOfOne : Math.floor((queued - queuedOfOne) / (organizations - 1));
    await copyDeployment(db, deploymentId, count - 1);
    ids.push(organization.organizationId);
  }
  await db.$executeRaw(Prisma.sql`ANALYZE`);
  return ids;
}

async function copyService(db: Db, serviceId: string): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    INSERT INTO services (id, organization_id, app_id, slug, repository_id, base_directory, every_commit, cicd_enabled_at)
    SELECT gen_random_uuid(), organization_id, app_id, slug || n, repository_id, base_directory || n, true, cicd_enabled_at
    FROM services, generate_series(2, ${services}::int) n WHERE id = ${serviceId}::uuid`);
}

/** Spread over the services of its organization, in turn. */
async function copyDeployment(db: Db, deploymentId: string, count: number): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    WITH places AS (
      SELECT services.id, row_number() OVER () - 1 AS place FROM services
      WHERE organization_id = (SELECT organization_id FROM deployments WHERE id = ${deploymentId}::uuid))
    INSERT INTO deployments (id, organization_id, number, service_id, stage_id, region, deploy_profile_id, repository_id,
      branch, trigger, triggered_by, because, queued_at)
    SELECT gen_random_uuid(), organization_id, 1 + n, places.id, stage_id, region, deploy_profile_id, repository_id,
      branch, trigger, triggered_by, because, queued_at + n * interval '1 millisecond'
    FROM deployments, generate_series(1, ${count}::int) n JOIN places ON places.place = n % ${services}::int
    WHERE deployments.id = ${deploymentId}::uuid`);
}

/** The median of one pass over what still waits. */
async function queryMs(db: Db): Promise<number> {
  const silent = { ring: async () => undefined };
  const times: number[] = [];
  for (let pass = 0; pass < 21; pass += 1) {
    const begun = performance.now();
    await admitDeployments(db, silent);
    times.push(performance.now() - begun);
  }
  return rounded(quantile(times, 0.5), 1);
}
