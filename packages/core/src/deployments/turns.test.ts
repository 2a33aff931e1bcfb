import { transact } from "@branchline/db";
import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CoreBell } from "../bells.ts";
import { claimHead } from "../branch-heads/handled.ts";
import { admitDeployments } from "./admit.ts";
import { claimDeployment, claimsLock } from "./claim.ts";
import { finishDeployment } from "./finish.ts";
import { listQueued } from "./list-queued.ts";
import { getDeployment } from "./queries.ts";
import { tellLimits } from "./told-limits.ts";

// Limits count the whole installation, so each test has a database of its own.
let database: TestDatabase;
let given: ReturnType<typeof givenIn>;
beforeEach(async () => {
  database = await testDatabase();
  given = givenIn(database.db);
});
afterEach(() => database.close());

async function everyPush() {
  const organization = await given.organization();
  const service = await given.service(organization, { everyCommit: true });
  const queue = (deliveryId: string | null = null) => given.deployment(organization, service, { deliveryId });
  return { db: database.db, organization, service, queue };
}

async function queuedOf(count: number) {
  const organization = await given.organization();
  const repository = await given.repository(organization);
  const profile = await given.profile(organization);
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const service = await given.service(organization, { name: `service-${index}`, repository, profile });
    ids.push((await given.deployment(organization, service)).deploymentId);
  }
  return { organization, ids };
}

test("where every push deploys none is superseded, and each waits for the one before it", async () => {
  const { db, organization, queue } = await everyPush();
  const { ctx, doorbell } = { ...organization, doorbell: organization.ctx.doorbell };
  const numbers = [await queue(), await queue(), await queue()].map(({ number }) => number);
  expect((await listQueued(ctx)).map((row) => [row.number, row.wait.sentence])).toEqual([
    [1, "Waits for a free worker."],
    [2, "Waits for #1, which goes first."],
    [3, "Waits for #2, which goes first."],
  ]);
  for (const number of numbers) {
    const { deploymentId } = await getDeployment(ctx, number);
    expect(await admitDeployments(db, doorbell)).toEqual([deploymentId]);
    const claim = await claimDeployment(db, deploymentId, new Date());
    expect(await admitDeployments(db, doorbell)).toEqual([]);
    if (claim !== null) await finishDeployment(ctx, claim, { status: "succeeded", facts: {}, outputs: [] });
    expect(await getDeployment(ctx, number)).toMatchObject({ status: "succeeded" });
  }
});

test("where every push deploys, one that was cut off is queued late only when no later one is there", async () => {
  const { db, service, queue } = await everyPush();
  const { repositoryId } = service.repository;
  const take = async (deliveryId: string, sha: string, before: { sha: string; deliveryId: string } | null) => {
    await db.webhookDelivery.create({ data: { id: deliveryId, event: "push", body: {}, bodySha256: deliveryId } });
    expect(await claimHead(db, { repositoryId, branch: "main", sha, deliveryId }, before)).toBe(true);
    return { sha, deliveryId };
  };
  const first = await take("first", "a", null);
  const second = await take("second", "b", first);
  await take("third", "c", second);
  expect((await queue("first")).number).toBe(1);
  expect((await queue("third")).number).toBe(2);
  await expect(queue("second")).rejects.toThrow("superseded: `main` is at c now");
});

test.each([
  ["organization", { perOrganization: 3, inAll: 100 }],
  ["installation", { perOrganization: 100, inAll: 3 }],
])("of twelve that are claimed at once as many run as the limit of the %s says", async (_, limits) => {
  const { organization, ids } = await queuedOf(12);
  const claimAll = () => Promise.all(ids.map((id) => claimDeployment(database.db, id, new Date(), limits)));
  const won = (await claimAll()).filter((claim) => claim !== null);
  expect(won).toHaveLength(3);
  expect(await admitDeployments(database.db, organization.ctx.doorbell, limits)).toEqual([]);
  for (const claim of won)
    await finishDeployment(organization.ctx, claim, { status: "succeeded", facts: {}, outputs: [] });
  expect((await claimAll()).filter((claim) => claim !== null)).toHaveLength(3);
});

test("what is queued beyond a limit says which one, as the workers were told it", async () => {
  const { organization, ids } = await queuedOf(3);
  const { db } = database;
  const waits = async () => (await listQueued(organization.ctx)).map(({ wait }) => wait.kind);
  await tellLimits(db, { perOrganization: 2, inAll: 100 });
  await tellLimits(db, { perOrganization: 2, inAll: 100 });
  expect(await waits()).toEqual(["worker", "worker", "organization_limit"]);
  expect(await claimDeployment(db, ids[0] ?? "", new Date())).not.toBeNull();
  expect(await waits()).toEqual(["worker", "organization_limit"]);
  await tellLimits(db, { perOrganization: 100, inAll: 1 });
  expect(await waits()).toEqual(["installation_limit", "installation_limit"]);
});

/** What is queued of a profile that is not proven, and what goes on beside it: of another profile and organization. */
async function paused() {
  const organization = await given.organization();
  const other = await given.organization();
  const profile = await given.profile(organization, { proven: false });
  const repository = await given.repository(organization);
  const service = await given.service(organization, { name: "paused", repository, profile });
  const queue = () => given.deployment(organization, service);
  const { deploymentId } = await queue();
  const beside = await given.service(organization, { name: "beside", repository });
  const others = [
    await given.deployment(organization, beside),
    await given.deployment(other, await given.service(other)),
  ];
  return { organization, profile, queue, deploymentId, others: others.map((row) => row.deploymentId) };
}

test("fault 30: what waits for a profile to be proven takes no place of those that go on, and newer pushes supersede it", async () => {
  const { organization, profile, queue, deploymentId, others } = await paused();
  const { ctx } = organization;
  const { db } = database;
  await tellLimits(db, { perOrganization: 1, inAll: 100 });
  const [first, second] = await listQueued(ctx);
  expect(first).toMatchObject({ deploymentId, profile: profile.slug, position: null, wait: { kind: "profile" } });
  expect(first?.wait.sentence).toContain(`the deploy profile ${profile.slug} is proven`);
  expect(second).toMatchObject({ position: 1, wait: { kind: "worker" } });
  expect(await admitDeployments(db, ctx.doorbell, { perOrganization: 1, inAll: 100 })).toEqual(others);
  expect((await queue()).number).toBe(3);
  expect((await listQueued(ctx)).map(({ number, wait }) => [number, wait.kind])).toEqual([
    [2, "worker"],
    [3, "profile"],
  ]);
});

test("fault 30: a bell for what waits for a profile to be proven starts nothing, until it is", async () => {
  const { organization, profile, deploymentId } = await paused();
  const { ctx, bells } = organization;
  const { db } = database;
  expect(await claimDeployment(db, deploymentId, new Date())).toBeNull();
  expect(await getDeployment(ctx, 1)).toMatchObject({ status: "queued", startedAt: null });
  bells.length = 0;
  await given.proof(organization, profile);
  expect(bells).toContainEqual({ name: "deployment.admit", payload: {} });
  expect(await admitDeployments(db, ctx.doorbell)).toContain(deploymentId);
  expect(await claimDeployment(db, deploymentId, new Date())).toMatchObject({ deploymentId, epoch: 1 });
});

test("a bell for what is not queued waits for nobody who claims", async () => {
  const { ids } = await queuedOf(1);
  const { db } = database;
  const [id = ""] = ids;
  await claimDeployment(db, id, new Date());
  await transact(db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${claimsLock})`;
    expect(await claimDeployment(db, id, new Date())).toBeNull();
  });
});

test("an organization's first goes before another's second, however many that has queued before it", async () => {
  const many = await queuedOf(6);
  const few = await queuedOf(1);
  const rung: CoreBell[] = [];
  const doorbell = { ring: async (bells: CoreBell[]) => void rung.push(...bells) };
  const [first, second, third] = await admitDeployments(database.db, doorbell, { perOrganization: 3, inAll: 100 });
  expect([first, second, third]).toEqual([many.ids[0], few.ids[0], many.ids[1]]);
  expect(rung.map((bell) => ("priority" in bell ? bell.priority : null))).toEqual([1, 1, 2, 3]);
});
