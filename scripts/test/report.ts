import type { Counts } from "./counts.ts";

/** What vitest's JSON reporter writes, as far as we read it. */
export type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    /** Why the file failed, when none of its tests did. */
    message?: string;
    assertionResults: {
      status: string;
      title: string;
      ancestorTitles: string[];
      failureMessages?: string[] | null;
    }[];
  }[];
};

/**
 * Counts a run's tests. A file that failed without a failing test (it did not load, or a hook failed) is one failure, and so
 * is a run that failed for a reason that no file tells.
 * @param report null when the run ended before it wrote one
 */
export function countReport(report: Report | null, exitCode: number): Counts {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const silent = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + silent;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
