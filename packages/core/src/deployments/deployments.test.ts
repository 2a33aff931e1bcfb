import { createStatements, type Statements } from "@branchline/db/statements";
import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendChunk } from "../logs/append.ts";
import { admitDeployments } from "./admit.ts";
import { beat } from "./beat.ts";
import { cancelDeployment, deletesCancelledStack } from "./cancel.ts";
import { claimDeployment } from "./claim.ts";
import { DeployNow, deployNow } from "./deploy-now.ts";
import { listDueBells } from "./due.ts";
import { finishDeployment } from "./finish.ts";
import { listQueued } from "./list-queued.ts";
import { parkDeployment } from "./park.ts";
import { startPhase } from "./phases.ts";
import { getDeployment } from "./queries.ts";
import { recordStack, recordStackEvents } from "./record-stack.ts";
import { redeployDeployment } from "./redeploy.ts";
import { takeOverDeployment } from "./take-over.ts";
import { getWork } from "./work.ts";

let database: TestDatabase;
let statements: Statements;
let given: ReturnType<typeof givenIn>;
beforeAll(async () => {
  database = await testDatabase();
  statements = createStatements(database.url, 1);
  given = givenIn(database.db);
});
afterAll(async () => {
  await statements.close();
  await database.close();
});

async function scene(options: { proven?: boolean; allowedBranches?: string[] } = {}) {
  const organization = await given.organization();
  const profile = await given.profile(organization, options);
  const service = await given.service(organization, { profile, mappings: [{ branch: "main", stage: "prod" }] });
  const { ctx, bells } = organization;
  const queue = () => given.deployment(organization, service);
  return { ...organization, profile, service, queue, ctx, bells, db: database.db };
}

describe("queueing", () => {
  test("gives numbers of the organization's own, and rings", async () => {
    const { queue, bells } = await scene();
    const first = await queue();
    expect(first.number).toBe(1);
    expect(bells).toContainEqual({ name: "deployment.admit", payload: {} });
    expect(bells).toContainEqual({ name: "deployment.report", payload: { deploymentId: first.deploymentId } });
  });

  test("a newer one supersedes those that wait, which say by whom", async () => {
    const { queue, ctx } = await scene();
    const [first, second] = [await queue(), await queue()];
    expect(await getDeployment(ctx, first.number)).toMatchObject({
      status: "cancelled",
      reason: "superseded",
      supersededByNumber: second.number,
    });
    expect((await listQueued(ctx)).map((row) => row.number)).toEqual([second.number]);
  });

  test("a profile refuses a branch that it does not allow, proven or not", async () => {
    const { queue, ctx } = await scene({ allowedBranches: ["release/*"], proven: false });
    const { number } = await queue();
    expect(await getDeployment(ctx, number)).toMatchObject({ status: "failed", reason: "branch_not_allowed" });
  });

  test("a viewer may not deploy by hand, and another organization has no such service", async () => {
    const mine = await scene();
    const input = { serviceId: mine.service.serviceId, branch: "main" };
    const viewer = await given.member(mine, "viewer");
    await expect(deployNow(viewer.ctx, input)).rejects.toMatchObject({ code: "forbidden" });
    const theirs = await given.organization();
    await expect(deployNow(theirs.ctx, input)).rejects.toMatchObject({ code: "not_found" });
  });

  test("by hand deploys a branch's head, and no branch that is not mapped", async () => {
    const { ctx, service } = await scene();
    const { number } = await deployNow(ctx, { serviceId: service.serviceId, branch: "main" });
    expect(await getDeployment(ctx, number)).toMatchObject({ commitSha: null, stage: "prod", trigger: "manual" });
    const unmapped = deployNow(ctx, { serviceId: service.serviceId, branch: "feature/x" });
    await expect(unmapped).rejects.toMatchObject({ code: "invalid", field: "branch" });
  });

  test("by hand asks for a commit by its SHA, which a redeployment asks for again until it is known", async () => {
    const { ctx, service } = await scene();
    const input = { serviceId: service.serviceId, branch: "main" };
    const asked = await deployNow(ctx, { ...input, commit: " ABCDEF1 " });
    const wanted = { commitSha: null, wantedCommit: "abcdef1" };
    expect(await getDeployment(ctx, asked.number)).toMatchObject(wanted);
    const again = await redeployDeployment(ctx, { deploymentId: asked.deploymentId, repair: null });
    expect(await getDeployment(ctx, again.number)).toMatchObject(wanted);
    for (const commit of ["abcdef", "main", "--upload-pack", "a".repeat(41)])
      expect(DeployNow.safeParse({ ...input, commit }).success, commit).toBe(false);
  });
});

describe("claiming", () => {
  test("gives the deployment to exactly one of twenty workers", async () => {
    const { queue, db } = await scene();
    const { deploymentId } = await queue();
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimDeployment(db, deploymentId, new Date())));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test("never two at once for a service, stage and region", async () => {
    const { queue, db, ctx } = await scene();
    const first = await queue();
    const claim = await claimDeployment(db, first.deploymentId, new Date());
    const second = await queue();
    expect(await claimDeployment(db, second.deploymentId, new Date())).toBeNull();
    expect((await listQueued(ctx))[0]).toMatchObject({
      number: second.number,
      wait: { sentence: `Waits for #${first.number}, which deploys to this stage now.` },
    });
    const rung: unknown[] = [];
    const doorbell = { ring: async (bells: unknown[]) => void rung.push(...bells) };
    expect(await admitDeployments(db, doorbell)).not.toContain(second.deploymentId);
    await finishDeployment(ctx, claim ?? fail(), { status: "succeeded", facts: {}, outputs: [] });
    expect(await admitDeployments(db, doorbell)).toContain(second.deploymentId);
    expect(await claimDeployment(db, second.deploymentId, new Date())).not.toBeNull();
  });
});

describe("a worker that lost its lease", () => {
  test("can write neither a verdict nor a line, and exactly one of twenty others goes on", async () => {
    const { queue, db, ctx } = await scene();
    const { deploymentId, number } = await queue();
    const claim = (await claimDeployment(db, deploymentId, new Date())) ?? fail();
    const line = { deploymentId, seq: 1, firstLine: 1, lineCount: 1, continues: false, bytes: Buffer.from("late\n") };
    expect(await takeOverDeployment(db, deploymentId, new Date())).toBeNull();
    await silence(deploymentId);
    expect(await listDueBells(db)).toContainEqual({ name: "deployment.take-over", payload: { deploymentId } });
    const others = await Promise.all(
      Array.from({ length: 20 }, () => takeOverDeployment(db, deploymentId, new Date())),
    );
    expect(others.filter((other) => other !== null)).toMatchObject([{ epoch: claim.epoch + 1, isTakenOver: true }]);
    expect(await beat(statements, deploymentId, claim.epoch)).toBe("lost");
    expect(await appendChunk(db, { ...line, epoch: claim.epoch })).toBe(null);
    expect(await parkDeployment(db, claim, { because: "late", forMs: 0, ranMs: 0, isCancelHeeded: false })).toBe(false);
    expect(await finishDeployment(ctx, claim, { status: "succeeded", facts: {}, outputs: [] })).toBe(false);
    expect(await getDeployment(ctx, number)).toMatchObject({ status: "running", logLines: 0 });
  });

  test("leaves its phases to who follows the stack, and has them ended by who starts again", async () => {
    const { queue, db, ctx } = await scene();
    const { deploymentId, number } = await queue();
    const first = (await claimDeployment(db, deploymentId, new Date())) ?? fail();
    await startPhase(db, first, "checkout", 1, new Date());
    await silence(deploymentId);
    const second = (await takeOverDeployment(db, deploymentId, new Date())) ?? fail();
    expect((await getDeployment(ctx, number)).phases).toMatchObject([{ epoch: first.epoch, status: "failed" }]);
    await startPhase(db, second, "deploy", 2, new Date());
    await recordStack(db, second, { mutatingAt: new Date() });
    await silence(deploymentId);
    const third = (await takeOverDeployment(db, deploymentId, new Date())) ?? fail();
    expect((await getDeployment(ctx, number)).phases).toMatchObject([
      { epoch: first.epoch, name: "checkout", status: "failed" },
      { epoch: third.epoch, name: "deploy", status: "running" },
    ]);
  });
});

describe("cancelling", () => {
  test("ends a queued deployment at once", async () => {
    const { queue, ctx } = await scene();
    const { deploymentId, number } = await queue();
    await cancelDeployment(ctx, { deploymentId });
    expect(await getDeployment(ctx, number)).toMatchObject({ status: "cancelled", reason: "cancelled_by_person" });
    await expect(cancelDeployment(ctx, { deploymentId })).rejects.toMatchObject({ code: "conflict" });
  });

  test("asks a running one to stop, which its worker hears with its next beat", async () => {
    const { queue, ctx, db } = await scene();
    const { deploymentId } = await queue();
    const claim = (await claimDeployment(db, deploymentId, new Date())) ?? fail();
    expect(await beat(statements, deploymentId, claim.epoch)).toBe("held");
    await cancelDeployment(ctx, { deploymentId });
    expect(await beat(statements, deploymentId, claim.epoch)).toBe("cancel_asked");
  });

  test("wakes a parked one, which nobody holds, at once", async () => {
    const { queue, ctx, db, bells } = await scene();
    const { deploymentId } = await queue();
    const claim = (await claimDeployment(db, deploymentId, new Date())) ?? fail();
    const wait = { because: "The stack is busy.", forMs: 60_000, ranMs: 0 };
    await parkDeployment(db, claim, { ...wait, isCancelHeeded: false });
    expect(await takeOverDeployment(db, deploymentId, new Date())).toBeNull();
    expect((await listDueBells(db)).map(({ payload }) => payload)).not.toContainEqual({ deploymentId });
    bells.length = 0;
    await cancelDeployment(ctx, { deploymentId });
    expect(bells).toContainEqual({ name: "deployment.run", payload: { deploymentId } });
    expect(await listDueBells(db)).toContainEqual({ name: "deployment.run", payload: { deploymentId } });
    const second = (await takeOverDeployment(db, deploymentId, new Date())) ?? fail();
    expect(await getWork(db, second)).toMatchObject({ isTakenOver: false, isCancelAsked: true, isCancelHeeded: false });
    // A worker that parks it before it has heard of that does not hold it up.
    await parkDeployment(db, second, { ...wait, isCancelHeeded: false });
    const third = (await takeOverDeployment(db, deploymentId, new Date())) ?? fail();
    await parkDeployment(db, third, { ...wait, isCancelHeeded: true });
    await cancelDeployment(ctx, { deploymentId });
    expect(await takeOverDeployment(db, deploymentId, new Date())).toBeNull();
    await silence(deploymentId);
    const last = (await takeOverDeployment(db, deploymentId, new Date())) ?? fail();
    expect(await getWork(db, last)).toMatchObject({ isCancelHeeded: true });
  });

  test("offers to delete the stack only while a stack is created that was not there before", async () => {
    const { queue, ctx, db } = await scene();
    const { deploymentId, number } = await queue();
    const offers = async () => (await getDeployment(ctx, number)).createsStack;
    expect(await offers()).toBe(false);
    const claim = (await claimDeployment(db, deploymentId, new Date())) ?? fail();
    expect(await offers()).toBe(false);
    await recordStack(db, claim, { mutatingAt: new Date(), stackChangedBefore: new Date() });
    expect(await offers()).toBe(false);
    await recordStack(db, claim, { mutatingAt: new Date(), stackChangedBefore: null, stackName: "orders-prod" });
    expect(await offers()).toBe(true);
    const about = (logicalId: string) => {
      const resource = { logicalId, physicalId: null, resourceType: "AWS::CloudFormation::Stack" };
      return { eventId: crypto.randomUUID(), at: new Date(), ...resource, status: "CREATE_COMPLETE", reason: null };
    };
    await recordStackEvents(db, claim, [about("Nested")]);
    expect(await offers()).toBe(true);
    await recordStackEvents(db, claim, [about("orders-prod")]);
    expect(await offers()).toBe(false);
  });

  test.each([
    [{ deletesStack: "true" }, true],
    [{}, false],
  ])("with %j tells the worker whether to delete a stack under creation: %s", async (wish, isDeleted) => {
    const { queue, ctx, db } = await scene();
    const { deploymentId, number } = await queue();
    const claim = (await claimDeployment(db, deploymentId, new Date())) ?? fail();
    await recordStack(db, claim, { mutatingAt: new Date(), stackChangedBefore: null });
    await cancelDeployment(ctx, { deploymentId, ...wish });
    expect(await deletesCancelledStack(db, claim)).toBe(isDeleted);
    expect(await getDeployment(ctx, number)).toMatchObject({ status: "running", cancelAskedBy: ctx.actor.name });
  });

  test("another organization has no such deployment", async () => {
    const { queue } = await scene();
    const { deploymentId } = await queue();
    const theirs = await given.organization();
    await expect(cancelDeployment(theirs.ctx, { deploymentId })).rejects.toMatchObject({ code: "not_found" });
    await expect(redeployDeployment(theirs.ctx, { deploymentId })).rejects.toMatchObject({ code: "not_found" });
    await expect(getDeployment(theirs.ctx, 1)).rejects.toMatchObject({ code: "not_found" });
  });
});

test("threat 52: an old commit deployed again: a developer may, by name and within the profile's limits, and a viewer may not", async () => {
  const one = await scene();
  const { queue, db, profile } = one;
  const { deploymentId, number } = await queue();
  const developer = await given.member(one, "developer");
  const viewer = await given.member(one, "viewer");
  await expect(redeployDeployment(viewer.ctx, { deploymentId })).rejects.toMatchObject({ code: "forbidden" });
  const again = await redeployDeployment(developer.ctx, { deploymentId });
  const because = `${developer.ctx.actor.name} redeployed #${number}`;
  expect(await getDeployment(one.ctx, again.number)).toMatchObject({ because, trigger: "manual" });
  const audit = await db.auditEntry.findFirstOrThrow({
    where: { subjectId: again.deploymentId, action: "deployment.queue" },
  });
  expect(audit).toMatchObject({ actorName: developer.ctx.actor.name, detail: expect.objectContaining({ because }) });
  await db.deployProfile.update({ where: { id: profile.deployProfileId }, data: { allowedBranches: ["release/*"] } });
  const outside = await redeployDeployment(developer.ctx, { deploymentId });
  expect(await getDeployment(one.ctx, outside.number)).toMatchObject({
    status: "failed",
    reason: "branch_not_allowed",
  });
});

test("redeploying is a new deployment of the same commit", async () => {
  const { queue, ctx } = await scene();
  const { deploymentId, number } = await queue();
  const again = await redeployDeployment(ctx, { deploymentId });
  expect(again.number).toBeGreaterThan(number);
  expect(await getDeployment(ctx, again.number)).toMatchObject({ commitSha: "a".repeat(40), trigger: "manual" });
});

/** As if the worker had not beaten for long. */
async function silence(deploymentId: string): Promise<void> {
  const { db } = database;
  await db.$executeRaw`UPDATE deployments SET lease_until = now() - interval '1 second' WHERE id = ${deploymentId}::uuid`;
}

function fail(): never {
  throw new Error("nothing was claimed");
}
