import { readOptions } from "./chaos/options.ts";
import { runChaos } from "./chaos/run.ts";
import { stopSignal } from "./demo/signals.ts";

process.exitCode = await runChaos(readOptions(process.argv.slice(2)), stopSignal());
