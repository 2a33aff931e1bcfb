import { stopSignal } from "./demo/signals.ts";
import { addUp, lastLine } from "./test/counts.ts";
import { runChecks } from "./test/held-checks.ts";
import { runSuites } from "./test/suites.ts";

const name = process.argv[2];
const stopAsked = stopSignal();
const checked = await runChecks(name);
const tested = await runSuites(name, stopAsked);
const all = addUp([checked, tested]);
console.log(`\n${lastLine(all)}`);
process.exitCode = all.failed === 0 && all.passed > 0 && !stopAsked.aborted ? 0 : 1;
