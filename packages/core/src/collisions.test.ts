import { CommitInDoubt, createDb, type Db, isAway, type Tx, transact } from "@branchline/db";
import { testDatabase } from "@branchline/testing/database";
import { givenIn, platformAccountId } from "@branchline/testing/given";
import { startTcpProxy } from "@branchline/testing/tcp-proxy";
import { until } from "@branchline/testing/until";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { changeDeployProfile } from "./deploy-profiles/change.ts";
import { claimDeployment, claimsLock } from "./deployments/claim.ts";
import { releaseDeployment } from "./deployments/release.ts";
import { takeOverDeployment } from "./deployments/take-over.ts";
import { lockOrganization } from "./organizations/lock.ts";

const database = await testDatabase();
afterAll(database.close);
const { db } = database;
const given = givenIn(db);

/** A connection whose transactions are set so. */
function dbWith(setting: string): Db {
  const url = new URL(database.url);
  url.searchParams.set("options", `-c ${setting}`);
  const own = createDb(url.href);
  onTestFinished(() => own.$disconnect());
  return own;
}

/** A transaction of somebody else's, which holds what it takes until it is told to commit. */
async function begin(own: Db = db): Promise<{ tx: Tx; commit(): Promise<void> }> {
  const begun = Promise.withResolvers<Tx>();
  const ended = Promise.withResolvers<void>();
  const done = transact(own, async (tx) => {
    await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 0`;
    begun.resolve(tx);
    await ended.promise;
  });
  return {
    tx: await begun.promise,
    async commit() {
      ended.resolve();
      await done;
    },
  };
}

/** Settles when so many transactions wait for a lock that another one holds. */
async function waiting(count: number): Promise<void> {
  await until(`${count} wait for a lock`, 30_000, async () => {
    const waits = await db.$queryRaw<unknown[]>`
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
    return waits.length === count ? waits : null;
  });
}

async function queuedIn(own: Db) {
  const organization = await given.organization();
  const service = await given.service(organization);
  organization.bells.length = 0;
  const queue = () => given.deployment({ ...organization, ctx: { ...organization.ctx, db: own } }, service);
  return { organization, service, queue };
}

/** What one queued deployment leaves, and nothing of a try before it. */
async function expectOnce({ organization, service }: Awaited<ReturnType<typeof queuedIn>>) {
  const { organizationId, bells } = organization;
  expect(await db.deployment.findMany({ where: { serviceId: service.serviceId } })).toMatchObject([{ number: 1 }]);
  expect(await db.auditEntry.count({ where: { organizationId, action: "deployment.queue" } })).toBe(1);
  expect(bells.map(({ name }) => name)).toEqual(["deployment.report", "deployment.admit"]);
}

test("fault 15: a change that Postgres ends as a deadlock's victim is made once, and rings once", async () => {
  const scene = await queuedIn(db);
  // It never looks for the deadlock, so that the change is whom Postgres ends.
  const rival = await begin(dbWith("deadlock_timeout=1h"));
  const gate = await begin();
  // The audit is what is written last, when all bells are known.
  await rival.tx.$executeRaw`LOCK TABLE audit_entries IN SHARE MODE`;
  await gate.tx.$executeRaw`LOCK TABLE services`;
  const queued = scene.queue();
  // It has the organization's row, and comes no further than the gate.
  await waiting(1);
  const crossed = lockOrganization(rival.tx, scene.organization.organizationId);
  await waiting(2);
  await gate.commit();
  await crossed;
  await rival.commit();
  expect(await queued).toMatchObject({ number: 1 });
  await expectOnce(scene);
});

test("fault 15: a change that can't be kept apart from another one is made once, and rings once", async () => {
  const scene = await queuedIn(dbWith("default_transaction_isolation=serializable"));
  const { organizationId } = scene.organization;
  const rival = await begin();
  await rival.tx.organization.update({ where: { id: organizationId }, data: { name: "Acme again" } });
  const queued = scene.queue();
  await waiting(1);
  await rival.commit();
  expect(await queued).toMatchObject({ number: 1 });
  await expectOnce(scene);
});

test("fault 15: a deployment is taken over once, though another write came between", async () => {
  const { queue } = await queuedIn(db);
  const { deploymentId } = await queue();
  const now = new Date();
  const claim = await claimDeployment(db, deploymentId, now);
  await releaseDeployment(db, { deploymentId, epoch: 1 }, { because: "The worker stopped.", now });
  const rival = await begin();
  await rival.tx.deployment.update({ where: { id: deploymentId }, data: { cancelAskedAt: now } });
  const takenOver = takeOverDeployment(dbWith("default_transaction_isolation=serializable"), deploymentId, now);
  await waiting(1);
  await rival.commit();
  expect([claim?.epoch, (await takenOver)?.epoch]).toEqual([1, 2]);
});

test("fault 15: what collides only when it commits is done again, and what collides for ever is told in the end", async () => {
  const strict = dbWith("default_transaction_isolation=serializable");
  const tries: number[] = [];
  /** Reads what the rival writes, and writes what the rival read. */
  const collide = (collisions: number) =>
    transact(strict, async (tx) => {
      tries.push(collisions);
      const name = `read-${crypto.randomUUID()}`;
      await tx.chore.findMany();
      if (tries.length <= collisions) {
        const rival = await begin(strict);
        await rival.tx.chore.findMany();
        await rival.tx.chore.create({ data: { name: `rival-${name}`, dueAt: new Date() } });
        await tx.chore.create({ data: { name, dueAt: new Date() } });
        await rival.commit();
      }
      return name;
    });
  await collide(2);
  expect(tries).toHaveLength(3);
  tries.length = 0;
  await expect(collide(100)).rejects.toThrow("TransactionWriteConflict");
  expect(tries).toHaveLength(5);
});

test("what is being queued while its profile gets another region goes there", async () => {
  const { organization, service, queue } = await queuedIn(db);
  const { deployProfileId, roleArn } = service.profile;
  const settings = { deployProfileId, roleArn, allowedBranches: [], stagePattern: "*", deployHosts: [] };
  const gate = await begin();
  await gate.tx.$queryRaw`SELECT id FROM services WHERE id = ${service.serviceId}::uuid FOR UPDATE`;
  const queued = queue();
  // It has read the profile, and comes no further than its service.
  await waiting(1);
  const changed = changeDeployProfile(organization.ctx, { ...settings, region: "eu-west-1" }, { platformAccountId });
  await Promise.race([changed, waiting(2)]);
  await gate.commit();
  await Promise.all([queued, changed]);
  const { serviceId } = service;
  expect(await db.deployment.findMany({ where: { serviceId } })).toMatchObject([{ region: "eu-west-1" }]);
});

/** Postgres ends the connection in the middle of the commit. */
async function cutAtCommit(tx: Tx): Promise<void> {
  await tx.$executeRaw`CREATE FUNCTION pg_temp.cut() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`;
  await tx.$executeRaw`CREATE TEMPORARY TABLE last_words (word text)`;
  await tx.$executeRaw`CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON last_words DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION pg_temp.cut()`;
  await tx.$executeRaw`INSERT INTO last_words VALUES ('commit')`;
}

/** Postgres ends the connection, and the next query finds that out. */
async function cutBefore(tx: Tx): Promise<void> {
  const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  await db.$queryRaw`SELECT pg_terminate_backend(${row?.pid}::int)`;
  await tx.organization.count();
}

test("fault 7: a worker that falls silent in the middle of a claim keeps others from theirs for seconds, not until its connection is given up", async () => {
  const { deploymentId } = await (await queuedIn(db)).queue();
  const url = new URL(database.url);
  const network = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(network.port);
  const cutOff = createDb(url.href);
  const isLocked = Promise.withResolvers<void>();
  const claim = transact(cutOff, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${claimsLock})`;
    network.freeze();
    isLocked.resolve();
    await tx.organization.count();
  }).catch((error: unknown) => error);
  onTestFinished(async () => {
    await network.stop();
    await claim;
    await cutOff.$disconnect();
  });
  await isLocked.promise;
  expect(await claimDeployment(db, deploymentId, new Date())).toMatchObject({ epoch: 1 });
});

test("a transaction in which nothing was asked for too long is told as not done", async () => {
  const silent = dbWith("application_name=silent");
  const end = transact(silent, async (tx) => {
    await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 1`;
    await until("Postgres has ended it", 30_000, async () => {
      const [row] = await db.$queryRaw<unknown[]>`SELECT pid FROM pg_stat_activity WHERE application_name = 'silent'`;
      return row === undefined ? true : null;
    });
    await tx.organization.count();
  }).catch((error: unknown) => error);
  expect(await end).not.toBeInstanceOf(CommitInDoubt);
  expect(isAway(await end)).toBe(true);
});

test("a transaction whose connection is cut at its commit is told as in doubt, and one that is cut before it as not done", async () => {
  const endOf = (work: (tx: Tx) => Promise<void>) => transact(db, work).catch((error: unknown) => error);
  const inDoubt = await endOf(cutAtCommit);
  expect(inDoubt).toBeInstanceOf(CommitInDoubt);
  expect(isAway(inDoubt)).toBe(true);
  const notDone = await endOf(cutBefore);
  expect(notDone).not.toBeInstanceOf(CommitInDoubt);
  expect(isAway(notDone)).toBe(true);
});
