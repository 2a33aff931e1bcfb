import { type TestDatabase, testDatabase } from "@branchline/testing/database";
import { givenIn } from "@branchline/testing/given";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listHandledHeads } from "./handled.ts";
import { finishLook } from "./look.ts";
import type { HeadsNews } from "./rules.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const [a = "", b = "", c = ""] = ["a", "b", "c"].map((letter) => letter.repeat(40));

async function scene() {
  const { repository } = await givenIn(database.db).service(await givenIn(database.db).organization());
  const { repositoryId } = repository;
  const look = (news: Partial<HeadsNews>) =>
    finishLook(database.db, repository, {
      at: new Date(),
      etag: null,
      news: { found: [], seen: [], gone: [], ...news },
    });
  const heads = async () =>
    [...(await listHandledHeads(database.db, repositoryId))].map(([name, { sha }]) => [name, sha]);
  return { look, heads };
}

test("what moved meanwhile is neither overwritten nor forgotten by a look that saw it before", async () => {
  const { look, heads } = await scene();
  await look({ seen: ["stays", "moves", "goes"].map((branch) => ({ branch, before: null, after: a })) });
  await look({ seen: [{ branch: "moves", before: a, after: b }], gone: [{ branch: "goes", sha: a }] });
  const late = { branch: "moves", before: a, after: c };
  await look({ seen: [late, { ...late, before: null }], gone: [{ branch: "moves", sha: a }] });
  expect(Object.fromEntries(await heads())).toEqual({ stays: a, moves: b });
});

test("a look at a repository of fifty thousand branches comes to its end", async () => {
  const { look, heads } = await scene();
  const branches = Array.from({ length: 50_000 }, (_, index) => `feature/${index}`);
  await look({ seen: branches.map((branch) => ({ branch, before: null, after: a })) });
  await look({ seen: branches.map((branch) => ({ branch, before: a, after: b })) });
  expect(await heads()).toHaveLength(branches.length);
  await look({ gone: branches.map((branch) => ({ branch, sha: b })) });
  expect(await heads()).toEqual([]);
});
