import { admission } from "../bench/admission.ts";
import type { Benchmark } from "../bench/benchmark.ts";
import { crash } from "../bench/crash.ts";
import { firstPhase } from "../bench/first-phase.ts";
import { log } from "../bench/log.ts";
import { mask } from "../bench/mask.ts";
import { pages } from "../bench/pages.ts";
import { sandbox } from "../bench/sandbox.ts";
import { storm } from "../bench/storm.ts";
import { webhooks } from "../bench/webhooks.ts";

const benchmarks: Benchmark[] = [webhooks, firstPhase, crash, admission, mask, log, pages, sandbox, storm];

const [wanted] = process.argv.slice(2);
const chosen = benchmarks.filter((each) => wanted === undefined || each.name.includes(wanted));
if (chosen.length === 0) {
  console.error(`There is no benchmark ${wanted}; there is ${benchmarks.map((each) => each.name).join(", ")}.`);
  process.exitCode = 1;
}
for (const benchmark of chosen) {
  console.log(`\n${benchmark.name}`);
  console.table(await benchmark.run());
}
