import { expect, it } from "vitest";
import { addUp, lastLine } from "./counts.ts";
import { countReport, type Report } from "./report.ts";

const clean: Report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

it("counts a file that did not load as a failure", () => {
  const report = { ...clean, testResults: [{ name: "a.test.ts", status: "failed", assertionResults: [] }] };
  expect(countReport(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

it("counts a failing test once, though its file failed with it", () => {
  const testResults = [
    {
      name: "a.test.ts",
      status: "failed",
      assertionResults: [{ status: "failed", title: "adds up", ancestorTitles: [] }],
    },
  ];
  expect(countReport({ ...clean, numFailedTests: 1, testResults }, 1).failed).toBe(1);
});

it("fails a run that ended badly without a failing test, or without a report", () => {
  expect(countReport(clean, 1).failed).toBe(1);
  expect(countReport(null, 0).failed).toBe(1);
});

it("ends with a line of sums alone", () => {
  const sum = addUp([
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 20, skipped: 30 },
  ]);
  expect(lastLine(sum)).toBe("11 passed, 22 failed, 33 skipped");
});
