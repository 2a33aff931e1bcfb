import { checks, ruleTestsCheck } from "./check/checks.ts";
import { runChecks } from "./check/run.ts";

const begun = performance.now();
const { passed, failed } = await runChecks([ruleTestsCheck, ...checks]);
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
console.log(`\n${passed} hold, ${failed} do not, in ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;
