import { readOptions } from "./demo/options.ts";
import { runDemo } from "./demo/run.ts";
import { stopSignal } from "./demo/signals.ts";

const options = readOptions(process.argv.slice(2));
process.exitCode = await runDemo({ ...options, isDev: false }, stopSignal());
