import { checks } from "./check/checks.ts";
import { runChecks } from "./check/run.ts";
import { stopSignal } from "./demo/signals.ts";
import { claimsOf } from "./test/claims.ts";
import { addUp, lastLine } from "./test/counts.ts";
import { failuresOf } from "./test/failures.ts";
import { countReport } from "./test/report.ts";
import { awaited, required } from "./test/required.ts";
import { runSuites } from "./test/suites.ts";
import { claimFaults, claimTables } from "./test/tables.ts";

const name = process.argv[2];
const stopAsked = stopSignal();
const checked = await runChecks(checks.filter((check) => name === undefined || check.name.includes(name)));
const { report, exitCode } = await runSuites(name === undefined ? [] : [name], stopAsked);

const claims = report === null ? [] : claimsOf(report);
const faults = claimFaults(claims, name === undefined, { required, awaited });
console.log(`\n${claimTables(claims, name === undefined ? awaited : [])}`);
for (const failure of [...faults, ...(report === null ? [] : failuresOf(report))]) console.log(`✗ ${failure}`);

const all = addUp([
  { ...checked, skipped: 0 },
  countReport(report, exitCode),
  { passed: 0, failed: faults.length, skipped: 0 },
]);
console.log(`\n${lastLine(all)}`);
process.exitCode = all.failed === 0 && all.passed > 0 && !stopAsked.aborted ? 0 : 1;
