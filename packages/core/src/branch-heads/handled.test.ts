import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimHead, forgetHead, readHandledHead } from "./handled.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const a = "a".repeat(40);
const b = "b".repeat(40);

async function scene() {
  const given = givenIn(database.db);
  const organization = await given.organization();
  const service = await given.service(organization);
  const head = { repositoryId: service.repository.repositoryId, branch: "main" };
  const queue = (deliveryId: string, sha: string) => {
    const commit = { sha, message: "Change", author: "Ada", authorLogin: "ada" };
    return given.deployment(organization, service, { deliveryId, commit });
  };
  return { db: database.db, head, queue, organizationId: organization.organizationId };
}

test("gives a branch's head to exactly one of twenty deliveries that saw the same before it", async () => {
  const { db, head } = await scene();
  for (const sha of [a, b]) {
    const { handled } = await readHandledHead(db, head);
    const claims = Array.from({ length: 20 }, (_, index) =>
      claimHead(db, { ...head, sha, deliveryId: `${sha}-${index}` }, handled),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    expect((await readHandledHead(db, head)).handled?.sha).toBe(sha);
  }
});

test("a delivery that was overtaken on its way queues nothing behind the later one", async () => {
  const { db, head, queue } = await scene();
  expect(await claimHead(db, { ...head, sha: a, deliveryId: "first" }, null)).toBe(true);
  expect(await claimHead(db, { ...head, sha: b, deliveryId: "second" }, { sha: a, deliveryId: "first" })).toBe(true);
  await queue("second", b);
  await expect(queue("first", a)).rejects.toThrow("superseded: `main` is at bbbbbbb now");
  const rows = await db.deployment.findMany({ where: { repositoryId: head.repositoryId } });
  expect(rows.map(({ number, commitSha }) => [number, commitSha])).toEqual([[1, b]]);
});

test("the same delivery again, even twenty times at once, is one deployment, one number and one entry of the audit", async () => {
  const { db, head, queue, organizationId } = await scene();
  await claimHead(db, { ...head, sha: a, deliveryId: "one" }, null);
  const queued = await Promise.all(Array.from({ length: 20 }, () => queue("one", a)));
  expect(new Set(queued.map((row) => row.deploymentId)).size).toBe(1);
  expect(await db.deployment.count({ where: { organizationId } })).toBe(1);
  expect(await db.auditEntry.count({ where: { organizationId, action: "deployment.queue" } })).toBe(1);
  expect(await db.organization.findUnique({ where: { id: organizationId } })).toMatchObject({
    nextDeploymentNumber: 2,
  });
});

test("a deleted branch is forgotten, unless it has moved since, and a delivery that it overtook queues nothing", async () => {
  const { db, head, queue } = await scene();
  await claimHead(db, { ...head, sha: b, deliveryId: "1" }, null);
  await forgetHead(db, { ...head, sha: a });
  expect((await readHandledHead(db, head)).handled).toEqual({ sha: b, deliveryId: "1" });
  await forgetHead(db, { ...head, sha: b });
  expect((await readHandledHead(db, head)).handled).toBeNull();
  await expect(queue("1", b)).rejects.toThrow("superseded: `main` is no longer on GitHub");
});
