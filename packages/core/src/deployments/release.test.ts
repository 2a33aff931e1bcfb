import { createStatements } from "@branchline/db/statements";
import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { beat } from "./beat.ts";
import { type Claim, claimDeployment } from "./claim.ts";
import { listDueBells } from "./due.ts";
import { parkDeployment } from "./park.ts";
import { startPhase } from "./phases.ts";
import { getDeployment } from "./queries.ts";
import { recordStack } from "./record-stack.ts";
import { releaseDeployment } from "./release.ts";
import { takeOverDeployment } from "./take-over.ts";
import { getWork } from "./work.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** A deployment whose worker is in its first phase. */
async function underWay() {
  const { db } = database;
  const given = givenIn(db);
  const organization = await given.organization();
  const { deploymentId, number } = await given.deployment(organization, await given.service(organization));
  const claim = await claimDeployment(db, deploymentId, new Date());
  if (claim === null) throw new Error("nothing was claimed");
  await startPhase(db, claim, "checkout", 1, new Date());
  const release = (of: Claim) => releaseDeployment(db, of, { because: "The worker ended.", now: new Date() });
  const phases = async () => (await getDeployment(organization.ctx, number)).phases;
  const lostWorkers = async () => (await db.deployment.findUniqueOrThrow({ where: { id: deploymentId } })).lostWorkers;
  return { db, deploymentId, claim, release, phases, lostWorkers };
}

test("what a worker gives up is taken at once, by one who starts again, and no worker counts as lost", async () => {
  const { db, deploymentId, claim, release, phases, lostWorkers } = await underWay();
  expect(await takeOverDeployment(db, deploymentId, new Date())).toBeNull();
  expect(await release(claim)).toBe(true);
  expect(await phases()).toMatchObject([{ status: "failed", note: "The worker ended." }]);
  expect(await listDueBells(db)).toContainEqual({ name: "deployment.take-over", payload: { deploymentId } });
  expect(await takeOverDeployment(db, deploymentId, new Date())).toMatchObject({ epoch: claim.epoch + 1 });
  expect(await lostWorkers()).toBe(0);
});

test("fault 4: a beat that comes after its worker gave the deployment up, or parked it, does not hold it again", async () => {
  const { db, deploymentId, claim, release, lostWorkers } = await underWay();
  const statements = createStatements(database.url, 1);
  onTestFinished(() => statements.close());
  await release(claim);
  expect(await beat(statements, deploymentId, claim.epoch)).toBe("lost");
  const next = await takeOverDeployment(db, deploymentId, new Date());
  if (next === null) throw new Error("It was held again");
  await parkDeployment(db, next, { because: "AWS throttles.", forMs: 0, ranMs: 0, isCancelHeeded: false });
  expect(await beat(statements, deploymentId, next.epoch)).toBe("lost");
  expect(await takeOverDeployment(db, deploymentId, new Date())).not.toBeNull();
  expect(await lostWorkers()).toBe(0);
});

test("what a worker gives up after AWS was touched goes on in the phases that it has", async () => {
  const { db, deploymentId, claim, release, phases } = await underWay();
  await recordStack(db, claim, { mutatingAt: new Date() });
  await release(claim);
  await takeOverDeployment(db, deploymentId, new Date());
  expect(await phases()).toMatchObject([{ epoch: claim.epoch + 1, status: "running" }]);
});

test("fault 34: a deployment has waited for as long as no worker had it: what was built before, or in between, is none of it", async () => {
  const { db, deploymentId, claim } = await underWay();
  const hourMs = 3_600_000;
  const waited = async (of: Claim, ranMs: number) => {
    await parkDeployment(db, of, { because: "AWS throttles.", forMs: 0, ranMs, isCancelHeeded: false });
    const next = await takeOverDeployment(db, deploymentId, new Date());
    if (next === null) throw new Error("nothing was taken over");
    return { next, waitedMs: (await getWork(db, next)).waitedMs };
  };
  const first = await waited(claim, hourMs);
  expect(first.waitedMs).toBeLessThan(hourMs / 2);
  await db.$executeRaw`UPDATE deployments SET parked_since = parked_since - interval '2 hours' WHERE id = ${deploymentId}::uuid`;
  const second = await waited(first.next, hourMs);
  expect(second.waitedMs).toBeGreaterThan(hourMs / 2);
  expect(second.waitedMs).toBeLessThan(1.5 * hourMs);
});

test("a worker can't give up what another one has", async () => {
  const { db, deploymentId, claim, release, phases } = await underWay();
  await release(claim);
  const next = await takeOverDeployment(db, deploymentId, new Date());
  expect(await release(claim)).toBe(false);
  expect(await takeOverDeployment(db, deploymentId, new Date())).toBeNull();
  expect(next?.epoch).toBe(claim.epoch + 1);
  expect(await phases()).toHaveLength(1);
});
