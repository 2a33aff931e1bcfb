import { expect, it } from "vitest";
import { type Claim, claimsOf, readTitle } from "./claims.ts";
import { claimFaults, claimTables } from "./tables.ts";

const report = (...tests: { status: string; titles: string[] }[]) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [
    {
      name: "a.test.ts",
      status: "passed",
      assertionResults: tests.map(({ status, titles }) => ({
        status,
        ancestorTitles: titles.slice(0, -1),
        title: titles.at(-1) ?? "",
      })),
    },
  ],
});

const held = (kind: Claim["kind"], number: number, says = "an attack: nothing"): Claim => ({
  kind,
  number,
  says,
  outcome: "held",
});

it("reads the numbers of a title, and no other title", () => {
  expect(readTitle("threat 7: a superstring: nothing")).toEqual({
    kind: "threat",
    numbers: [7],
    rest: "a superstring: nothing",
  });
  expect(readTitle("faults 1, 2 and 13: goes on")?.numbers).toEqual([1, 2, 13]);
  for (const other of ["threat: nothing", "threat 7", "threat 7:", "a threat 7: x", "threats 7 8: x"]) {
    expect(readTitle(other)).toBeNull();
  }
});

it("takes the number from the test or from a describe around it", () => {
  const claims = claimsOf(
    report(
      { status: "passed", titles: ["threats 8 and 9: a foreign id", "nothing"] },
      { status: "failed", titles: ["a worker", "fault 1: goes on elsewhere"] },
      { status: "pending", titles: ["fault 2: follows the stack"] },
      { status: "passed", titles: ["threat 5: a fork: no credentials", "of a push"] },
      { status: "passed", titles: ["adds up"] },
    ),
  );
  expect(claims).toEqual([
    held("threat", 8, "a foreign id: nothing"),
    held("threat", 9, "a foreign id: nothing"),
    { kind: "fault", number: 1, says: "goes on elsewhere", outcome: "failed" },
    { kind: "fault", number: 2, says: "follows the stack", outcome: "skipped" },
    held("threat", 5, "a fork: no credentials"),
  ]);
});

it("misses a required row without a test, or with one that was skipped, in a full run only", () => {
  const rows = { required: ["threat 1", "threat 2", "fault 3", "fault 4"], awaited: ["fault 4"] } as const;
  const claims = [held("threat", 1), { ...held("fault", 3), outcome: "skipped" as const }];
  expect(claimFaults(claims, true, rows)).toEqual(["threat 2 has no test that ran", "fault 3 has no test that ran"]);
  expect(claimFaults(claims, false, rows)).toEqual([]);
});

it("fails an awaited row that has a test, and a threat that does not say what the attack got", () => {
  expect(claimFaults([held("threat", 1)], false, { required: [], awaited: ["threat 1"] })).toHaveLength(1);
  expect(claimFaults([held("threat", 1, "an attack")], false, { required: [], awaited: [] })).toHaveLength(1);
  expect(claimFaults([held("fault", 1, "goes on")], false, { required: [], awaited: [] })).toEqual([]);
});

it("prints what each attack got and what held, by number, and nothing of a run without either", () => {
  const claims = [
    held("threat", 10),
    held("threat", 10),
    { ...held("threat", 2, "b: c"), outcome: "failed" as const },
    held("fault", 1),
  ];
  expect(claimTables(claims, ["fault 3"]).split("\n")).toEqual([
    "threat          attack     what it got",
    "2       failed  b          c",
    "10      held    an attack  nothing (2 tests)",
    "",
    "fault           what holds",
    "1      held     an attack: nothing",
    "3      awaited  no test yet",
  ]);
  expect(claimTables([], ["fault 3"])).toBe("");
});
