import fc from "fast-check";
import { expect, test } from "vitest";
import { explainPullRequest } from "./rules.ts";

const base = { githubId: 1n, fullName: "acme/shop" };

test.each([
  ["under another name", { githubId: 2n, fullName: "eve/shop" }, "the fork eve/shop"],
  ["under the very name", { githubId: 2n, fullName: "acme/shop" }, "the fork acme/shop"],
  ["that is gone", null, "a fork that is gone"],
])("threat 5: a pull request of a fork %s: ignored, and the delivery says why", (_, head, fork) => {
  expect(explainPullRequest({ number: 7, base, head })).toBe(
    `ignored: pull request #7 comes from ${fork}, and a fork never gets credentials`,
  );
});

test("threat 5: a pull request of a repository with any other number: never taken for the repository's own", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.string(), (githubId, fullName) => {
      const told = explainPullRequest({ number: 7, base, head: { githubId, fullName } });
      expect(told.includes("a fork never gets credentials")).toBe(githubId !== base.githubId);
    }),
  );
});
