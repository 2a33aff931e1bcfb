import { createDb } from "@branchline/db";
import { testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { runSql } from "@branchline/testing/sql";
import { afterAll, expect, test } from "vitest";

const database = await testDatabase();
const db = createDb(database.url, 1);
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

/** By their own connection, the only one of the pool. */
async function preparedOf(table: string): Promise<string[]> {
  const rows = await db.$queryRaw<
    { statement: string }[]
  >`SELECT statement FROM pg_prepared_statements WHERE name <> ''`;
  return rows.map(({ statement }) => statement).filter((statement) => statement.includes(`"${table}"`));
}

test("has Postgres read a statement once, whatever its values, and keeps none whose text a list makes its own", async () => {
  const { organizationId } = await givenIn(database.db).organization();
  for (const slug of ["one", "two", "three"]) await db.app.findFirst({ where: { organizationId, slug } });
  expect(await preparedOf("apps")).toHaveLength(1);
  for (const slugs of [
    ["a", "b"],
    ["a", "b", "c"],
  ])
    await db.app.findMany({ where: { organizationId, slug: { in: slugs } } });
  expect(await preparedOf("apps")).toHaveLength(1);
});

test("reads on while a migration adds to a table that it has read", async () => {
  const { organizationId } = await givenIn(database.db).organization();
  const where = { id: organizationId };
  await db.organization.findUniqueOrThrow({ where });
  await runSql(database.url, "ALTER TABLE organizations ADD COLUMN later text");
  await expect(db.organization.findUniqueOrThrow({ where })).resolves.toMatchObject(where);
});

test("has what a query includes in one statement, to the last digit of a number that JSON does not hold", async () => {
  const given = givenIn(database.db);
  const { repositoryId, installationId } = await given.repository(await given.organization());
  const githubId = 9_007_199_254_740_993n;
  await db.$executeRaw`UPDATE installations SET github_id = ${githubId} WHERE id = ${installationId}::uuid`;
  const found = await db.repository.findUniqueOrThrow({ where: { id: repositoryId }, include: { installation: true } });
  expect(found.installation.githubId).toBe(githubId);
  expect(await preparedOf("installations")).toEqual(await preparedOf("repositories"));
});
