import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HandledHead, judgePush, newsOfHeads } from "./rules.ts";

const a = "a".repeat(40);
const b = "b".repeat(40);
const c = "c".repeat(40);

const standing = { deliveryId: "me", branch: "main", before: "0".repeat(40), copyOf: null, isEveryWanted: false };

describe("a push", () => {
  test.each<[string, string, string | null, HandledHead | null, string | null]>([
    ["to a branch that nobody told of deploys", a, a, null, null],
    ["that moves its branch on deploys", b, b, { sha: a, deliveryId: "1" }, null],
    ["that moves its branch back deploys: it was elsewhere in between", a, a, { sha: b, deliveryId: "2" }, null],
    ["to a commit that only the poller saw deploys", a, a, { sha: a, deliveryId: null }, null],
    [
      "that is handled again after a crash goes on, also when the branch moved",
      a,
      b,
      { sha: a, deliveryId: "me" },
      null,
    ],
    [
      "told of twice deploys once",
      a,
      a,
      { sha: a, deliveryId: "1" },
      "ignored: delivery 1 already told that `main` is at aaaaaaa",
    ],
    ["older than the head is superseded", a, b, { sha: b, deliveryId: "2" }, "superseded: `main` is at bbbbbbb now"],
    [
      "older than a head nobody told of is superseded",
      b,
      c,
      { sha: a, deliveryId: "1" },
      "superseded: `main` is at ccccccc now",
    ],
    [
      "to a branch that is gone is superseded",
      a,
      null,
      { sha: a, deliveryId: "1" },
      "superseded: `main` is no longer on GitHub",
    ],
  ])("%s", (_, after, head, handled, because) => {
    const verdict = judgePush({ ...standing, after, head, handled });
    expect(verdict).toEqual(because === null ? { deploys: true } : { deploys: false, because });
  });

  test.each<[string, string, string | null, HandledHead | null, boolean]>([
    ["of what was handled", a, a, { sha: a, deliveryId: "1" }, false],
    ["of what only the poller saw", a, a, { sha: a, deliveryId: null }, false],
    ["of what the branch has left", a, b, { sha: a, deliveryId: "1" }, false],
    ["of a move that the branch made again within a second", b, b, { sha: a, deliveryId: "2" }, true],
  ])("whose body is a copy %s: deploys %s", (_, after, head, handled, deploys) => {
    const verdict = judgePush({ ...standing, after, head, handled, copyOf: "0" });
    expect(verdict).toEqual(deploys ? { deploys } : { deploys, because: "ignored: a copy of delivery 0" });
  });

  test.each<[string, HandledHead | null, string | null, boolean]>([
    ["begins where the last handled one ended", { sha: a, deliveryId: "1" }, null, true],
    ["is the first that is told of", null, null, true],
    ["is told of after a later one", { sha: c, deliveryId: "3" }, null, false],
    ["is a copy", { sha: a, deliveryId: "1" }, "0", false],
  ])("that the branch has gone on from and that %s: services that deploy every push get it: %#", (...row) => {
    const [, handled, copyOf, deploys] = row;
    const passing = { ...standing, before: a, after: b, head: c, handled, copyOf };
    expect(judgePush({ ...passing, isEveryWanted: true }).deploys).toBe(deploys);
    expect(judgePush(passing).deploys).toBe(false);
    if (deploys)
      expect(judgePush({ ...passing, isEveryWanted: true })).toEqual({
        deploys,
        passed: "superseded: `main` is at ccccccc now",
      });
  });

  test("in any order, any number of times: the last one that deploys is the head, and none deploys twice in a row", () => {
    const history = fc.array(fc.constantFrom(a, b, c), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (commits, choice) => {
        const pushes = commits.filter((sha, index) => sha !== commits[index - 1]).map((after, at) => ({ after, at }));
        const told = shuffled([...pushes, ...pushes], choice);
        const deployed = deployedBy(pushes, told);
        expect(deployed.at(-1)).toBe(commits.at(-1));
        for (const [index, sha] of deployed.entries()) expect(sha).not.toBe(deployed[index - 1]);
      }),
    );
  });
});

type Push = { after: string; at: number };

function shuffled<T>(rows: T[], choice: Iterator<number>): T[] {
  const left = [...rows];
  return rows.flatMap(() => left.splice(choice.next().value % left.length, 1));
}

/** What deploys, in that order, when the pushes are told of like this. */
function deployedBy(pushes: Push[], told: Push[]): string[] {
  const deployed: string[] = [];
  let handled: HandledHead | null = null;
  let headAt = 0;
  for (const [index, { after, at }] of told.entries()) {
    // A push is there before anybody tells of it.
    headAt = Math.max(headAt, at);
    const head = pushes[headAt]?.after ?? null;
    const deliveryId = String(index);
    if (!judgePush({ ...standing, deliveryId, after, head, handled }).deploys) continue;
    handled = { sha: after, deliveryId };
    deployed.push(after);
  }
  return deployed;
}

test("a look finds what moved unsaid where something is deployed, and remembers the rest", () => {
  const heads = new Map([
    ["main", b],
    ["develop", a],
    ["feature/new", c],
    ["wip", c],
  ]);
  const handled = new Map<string, HandledHead>([
    ["main", { sha: a, deliveryId: "1" }],
    ["develop", { sha: a, deliveryId: null }],
    ["old", { sha: a, deliveryId: "2" }],
  ]);
  expect(newsOfHeads({ heads, handled, isAwaited: (branch) => branch !== "wip" })).toEqual({
    found: [
      { branch: "main", before: a, after: b },
      { branch: "feature/new", before: null, after: c },
    ],
    seen: [{ branch: "wip", before: null, after: c }],
    gone: [{ branch: "old", sha: a }],
  });
});
