import type { Report } from "./report.ts";

export type Kind = "threat" | "fault";

/** What a test shows about one row of the threat model or of the fault table. */
export type Claim = { kind: Kind; number: number; says: string; outcome: "held" | "failed" | "skipped" };

const form = /^(threat|fault)s? (\d+(?:(?:, | and )\d+)*): (\S.*)$/;

/** Reads `threat 7: …`, `faults 1 and 3: …`, `threats 1, 2 and 3: …`; null for every other title. */
export function readTitle(title: string): { kind: Kind; numbers: number[]; rest: string } | null {
  const [, kind, numbers = "", rest = ""] = form.exec(title) ?? [];
  if (kind !== "threat" && kind !== "fault") return null;
  return { kind, numbers: numbers.split(/, | and /).map(Number), rest };
}

/** Every claim of a run, one per test. Where a describe's title says the attack alone, those of its tests say what it got. */
export function claimsOf(report: Report): Claim[] {
  return report.testResults.flatMap((file) => file.assertionResults.flatMap(claimsOfTest));
}

function claimsOfTest(test: Report["testResults"][number]["assertionResults"][number]): Claim[] {
  const titles = [...test.ancestorTitles, test.title];
  return titles.flatMap((title, index) => {
    const read = readTitle(title);
    if (read === null) return [];
    const says = isWhole(read) ? read.rest : [read.rest, ...titles.slice(index + 1)].join(": ");
    return read.numbers.map((number) => ({ kind: read.kind, number, says, outcome: outcomeOf(test.status) }));
  });
}

const isWhole = ({ kind, rest }: { kind: Kind; rest: string }) => kind === "fault" || rest.includes(": ");

function outcomeOf(status: string): Claim["outcome"] {
  if (status === "passed") return "held";
  return status === "failed" ? "failed" : "skipped";
}
