import type { Claim, Kind } from "./claims.ts";
import type { Row } from "./required.ts";

type Rows = { required: readonly Row[]; awaited: readonly Row[] };

const heads: Record<Kind, string[]> = {
  threat: ["threat", "", "attack", "what it got"],
  fault: ["fault", "", "what holds"],
};

/** The two tables of a run: what each attack got, and what held under each fault. Empty without a claim. */
export function claimTables(claims: readonly Claim[], awaited: readonly Row[]): string {
  if (claims.length === 0) return "";
  return (["threat", "fault"] as const)
    .map((kind) => linesOf(kind, claims, awaited))
    .flatMap((lines) => (lines.length > 1 ? [aligned(lines)] : []))
    .join("\n\n");
}

function linesOf(kind: Kind, claims: readonly Claim[], awaited: readonly Row[]): string[][] {
  const bySaying = Map.groupBy(
    claims.filter((claim) => claim.kind === kind),
    ({ number, says }) => `${number}: ${says}`,
  );
  const shown = [...bySaying.values()].flatMap(lineOf);
  const open = awaited
    .filter((row) => row.startsWith(kind))
    .map((row) => [row.slice(kind.length + 1), "awaited", "no test yet"]);
  return [heads[kind], ...[...shown, ...open].sort((a, b) => Number(a[0]) - Number(b[0]))];
}

/** Tests that show the same are one line, which fails with the first of them. */
function lineOf(same: readonly Claim[]): string[][] {
  const claim = same.find(({ outcome }) => outcome !== "held") ?? same[0];
  if (claim === undefined) return [];
  const says = same.length === 1 ? claim.says : `${claim.says} (${same.length} tests)`;
  return [[String(claim.number), claim.outcome, ...(claim.kind === "threat" ? attackAndGain(says) : [says])]];
}

function attackAndGain(says: string): [string, string] {
  const colon = says.indexOf(": ");
  return colon === -1 ? [says, ""] : [says.slice(0, colon), says.slice(colon + 2)];
}

const widest = 90;

function aligned(lines: readonly string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.min(widest, Math.max(...lines.map((line) => line[column]?.length ?? 0))),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * What is wrong with a run's claims, as sentences; each counts as a failure.
 * @param isFull whether all suites ran, so that a required row without a test is one that nobody wrote
 */
export function claimFaults(claims: readonly Claim[], isFull: boolean, { required, awaited }: Rows): string[] {
  const tested = new Set(claims.filter((claim) => claim.outcome !== "skipped").map(rowOf));
  const missing = required.filter((row) => !tested.has(row) && !awaited.includes(row));
  return [
    ...(isFull ? missing.map((row) => `${row} has no test that ran`) : []),
    ...awaited.filter((row) => tested.has(row)).map((row) => `${row} has a test: strike it from the awaited ones`),
    ...claims
      .filter((claim) => claim.kind === "threat" && !claim.says.includes(": "))
      .map((claim) => `threat ${claim.number}: "${claim.says}" does not say what the attack got`),
  ];
}

function rowOf({ kind, number }: Claim): Row {
  return `${kind} ${number}`;
}
