import { relative } from "node:path";
import { repositoryRoot } from "@branchline/testing/paths";
import type { Report } from "./report.ts";

/** Of each failure the end, where a message that begins with a build's log has what was expected. */
const keptLines = 20;

/** What failed and why, once more: whoever reads only the end of a long run's output (a pipeline's page) sees it there. */
export function failuresOf(report: Report): string[] {
  return report.testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message = "", assertionResults }) => {
      const file = relative(repositoryRoot, name);
      const failed = assertionResults.filter((test) => test.status === "failed");
      if (failed.length === 0) return [`${file}\n${shortened(message)}`];
      return failed.map(({ ancestorTitles, title, failureMessages }) => {
        const path = [file, ...ancestorTitles, title].join(" > ");
        return `${path}\n${shortened((failureMessages ?? []).join("\n"))}`;
      });
    });
}

function shortened(message: string): string {
  const lines = message.split("\n").filter((line) => !isOfOthers(line));
  const left = lines.length - keptLines;
  const kept = left > 0 ? [`… ${left} lines before …`, ...lines.slice(-keptLines)] : lines;
  return kept.map((line) => `    ${line}`).join("\n");
}

/** A line of a stack that is no place of ours. */
const isOfOthers = (line: string) =>
  /^\s+at /.test(line) && (!line.includes(repositoryRoot) || line.includes("node_modules"));
