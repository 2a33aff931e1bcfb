import { testDatabase } from "@branchline/testing/database";
import { type GivenOrganization, type GivenRepository, givenIn } from "@branchline/testing/given";
import { runSql } from "@branchline/testing/sql";
import { afterAll, describe, expect, test } from "vitest";
import { listDueSyncs } from "./installations/queries.ts";
import { recordInstallationEvent } from "./installations/record-event.ts";
import { claimSync, recordRepositories } from "./installations/sync.ts";
import { listDueScans } from "./repositories/queries.ts";
import { recordScan } from "./repositories/record-scan.ts";
import { claimScan, requestScan } from "./repositories/scan.ts";

const { db, url, close } = await testDatabase();
afterAll(close);
const given = givenIn(db);

type Asker = { ctx: GivenOrganization["ctx"]; repository: GivenRepository };

/** Work that GitHub may refuse for hours: who asks for it, who takes it up, and how it succeeds. */
const works = {
  scan: {
    idOf: ({ repository }: Asker) => repository.repositoryId,
    list: listDueScans,
    claim: claimScan,
    ask: ({ ctx, repository: { repositoryId } }: Asker) => requestScan(ctx, { repositoryId }),
    succeed: ({ ctx, repository: { repositoryId } }: Asker) =>
      recordScan(ctx, { repositoryId, sha: null, found: [], problem: null }),
    row: { table: "repositories", dueAt: "scan_due_at" },
  },
  sync: {
    idOf: ({ repository }: Asker) => repository.installationId,
    list: listDueSyncs,
    claim: claimSync,
    ask: ({ ctx, repository: { installationGithubId: githubId } }: Asker) =>
      recordInstallationEvent(ctx, { kind: "permissions_accepted", githubId, accountLogin: "acme" }),
    succeed: ({ ctx, repository: { installationId } }: Asker) => recordRepositories(ctx, installationId, []),
    row: { table: "installations", dueAt: "sync_due_at" },
  },
};

describe.each(Object.entries(works))("a %s", (_, { idOf, list, claim, ask, succeed, row: { table, dueAt } }) => {
  async function asker(): Promise<Asker & { id: string }> {
    const organization = await given.organization();
    const repository = await given.repository(organization);
    const made = { ctx: organization.ctx, repository };
    await ask(made);
    return { ...made, id: idOf(made) };
  }

  /** @returns in how many seconds it is due */
  async function fail(id: string): Promise<number> {
    expect(await claim(db, id)).toBe(true);
    expect(await list(db, 1_000)).not.toContain(id);
    const [row] = await db.$queryRawUnsafe<[{ seconds: number }]>(
      `SELECT extract(epoch FROM ${dueAt} - now())::float8 AS seconds FROM ${table} WHERE id = '${id}'`,
    );
    await runSql(url, `UPDATE ${table} SET ${dueAt} = now() WHERE id = '${id}'`);
    return row.seconds;
  }

  test("that fails is due again later each time, at last every eleven minutes, and at once when it is asked for", async () => {
    const one = await asker();
    const waits: number[] = [];
    for (let time = 0; time < 10; time += 1) waits.push(await fail(one.id));
    for (const [index, expected] of [5, 10, 20, 40, 80, 160, 320, 640, 640, 640].entries())
      expect(Math.abs((waits[index] ?? 0) - expected)).toBeLessThan(2);
    expect(await claim(db, one.id)).toBe(true);
    await ask(one);
    expect(await list(db, 1_000)).toContain(one.id);
    expect(await fail(one.id)).toBeLessThan(7);
  });

  test("is taken up by exactly one of twenty", async () => {
    const { id } = await asker();
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(db, id)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test("that was asked for again while it ran is still to be done, and is done once it succeeds", async () => {
    const one = await asker();
    await claim(db, one.id);
    await ask(one);
    await succeed(one);
    expect(await list(db, 1_000)).toContain(one.id);
    await claim(db, one.id);
    await succeed(one);
    await runSql(url, `UPDATE ${table} SET ${dueAt} = now() WHERE id = '${one.id}'`);
    expect(await list(db, 1_000)).not.toContain(one.id);
  });

  test("threat 47: fails in as many organizations as a sweep takes: the next sweep rings for another's", async () => {
    const failing = await Promise.all(Array.from({ length: 5 }, asker));
    const healthy = await asker();
    for (const { id } of failing) await claim(db, id);
    const due = await list(db, failing.length);
    expect(due).toContain(healthy.id);
    for (const { id } of failing) expect(due).not.toContain(id);
  });
});
