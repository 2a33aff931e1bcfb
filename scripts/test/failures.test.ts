import { join } from "node:path";
import { repositoryRoot } from "@branchline/testing/paths";
import { expect, it } from "vitest";
import { failuresOf } from "./failures.ts";
import type { Report } from "./report.ts";

const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
const name = join(repositoryRoot, "apps/worker/src/walk.test.ts");
const place = `    at ${name}:7:3`;

function failed(message: string): string[] {
  const test = { status: "failed", title: "walks", ancestorTitles: ["a worker"], failureMessages: [message] };
  const passed = { status: "passed", title: "stands", ancestorTitles: [], failureMessages: [] };
  return failuresOf({ ...none, testResults: [{ name, status: "failed", assertionResults: [passed, test] }] });
}

it("tells of a test that failed by its file, its titles, why, and the place in our code", () => {
  const others = ["    at new Promise (<anonymous>)", `    at ${repositoryRoot}/node_modules/vitest/run.js:1:1`];
  expect(failed(["Error: expected 1 to be 2", place, ...others].join("\n"))).toEqual([
    `apps/worker/src/walk.test.ts > a worker > walks\n    Error: expected 1 to be 2\n    ${place}`,
  ]);
});

it("keeps the end of a message that begins with a whole log", () => {
  const log = Array.from({ length: 100 }, (_, line) => `line ${line}`);
  const [failure = ""] = failed([...log, ": expected 'failed' to be 'succeeded'", place].join("\n"));
  expect(failure.split("\n").slice(1, 3)).toEqual(["    … 82 lines before …", "    line 82"]);
  expect(failure).toContain("expected 'failed' to be 'succeeded'");
});

it("tells of a file that did not load, or whose hook failed, why", () => {
  const file = { name, status: "failed", message: "Waited 60 s in vain: a port", assertionResults: [] };
  const report: Report = { ...none, testResults: [file, { ...file, status: "passed", message: "" }] };
  expect(failuresOf(report)).toEqual(["apps/worker/src/walk.test.ts\n    Waited 60 s in vain: a port"]);
});
