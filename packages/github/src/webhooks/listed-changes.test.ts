import { expect, test } from "vitest";
import { listedChanges } from "./listed-changes.ts";

const commit = (...modified: string[]) => ({ added: [] as string[], removed: [] as string[], modified });
const push = { before: "a".repeat(40), created: false, forced: false, commits: [commit("orders/a.js")] };
const many = (count: number) => Array.from({ length: count }, (_, index) => `file-${index}`);

test("a push that follows a commit lists what each of its commits added, removed and modified, each file once", () => {
  const commits = [
    { added: ["new.js"], removed: ["old.js"], modified: ["orders/a.js"] },
    { added: [], removed: ["new.js"], modified: ["orders/b.js"] },
  ];
  expect(listedChanges({ ...push, commits })).toEqual({
    before: push.before,
    files: ["new.js", "old.js", "orders/a.js", "orders/b.js"],
  });
});

test.each([
  ["the branch is new", { created: true }],
  ["commits were taken away", { forced: true }],
  ["no commit is listed", { commits: [] }],
  ["an older server may list no more commits", { commits: Array(20).fill(commit("a")) }],
  ["GitHub may list no more files of a commit", { commits: [commit(...many(3_000))] }],
  ["a commit has no file, as a merge may have none", { commits: [commit("a"), commit()] }],
  ["there are no lists", { commits: [{ id: "b".repeat(40) }] }],
])("nothing is believed when %s", (_, changed) => {
  expect(listedChanges({ ...push, ...changed })).toBeNull();
});

test("nothing is believed of what is no push", () => {
  for (const body of [null, "push", {}, { branch: "develop", before: null }]) expect(listedChanges(body)).toBeNull();
});
