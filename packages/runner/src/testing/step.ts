// Runs one step in a workspace of its own, in a process that a test can start as it likes, and end as it likes.
// node step.ts PROGRAM ARGUMENTS…
import { createBench } from "./bench.ts";

const bench = await createBench({});
const exit = await bench.sandbox.run({
  argv: process.argv.slice(2),
  directory: "",
  environment: {},
  node: null,
  allow: [],
  timeoutMs: 60_000,
  idleTimeoutMs: 60_000,
  output: async (bytes) => void process.stdout.write(bytes),
  signal: new AbortController().signal,
});
await bench.close();
process.exitCode = exit.kind === "exited" ? exit.code : 1;
