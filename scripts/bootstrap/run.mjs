import { spawn } from "node:child_process";
import { environment, root } from "./places.mjs";
import { problem } from "./problem.mjs";

const current = new Set();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    for (const child of current) child.kill(signal);
    if (current.size === 0) process.exit(1);
  });
}

/** Runs a program quietly; what it printed is shown when it fails. */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"], ...options });
  const printed = [];
  child.stdout.on("data", (bytes) => printed.push(bytes));
  child.stderr.on("data", (bytes) => printed.push(bytes));
  const { code, reason } = await ended(child);
  if (code === 0) return;
  const text = Buffer.concat(printed).toString().trimEnd().split("\n").slice(-40).join("\n");
  throw problem(`${[command, ...args].join(" ")} failed${reason}:\n${text}`);
}

/** Runs a program on our terminal. @returns its exit code */
export async function runInForeground(command, args) {
  const { code, reason } = await ended(spawn(command, args, { cwd: root, env: environment, stdio: "inherit" }));
  if (reason !== "" && code === null) console.error(`${command}${reason}`);
  return code ?? 1;
}

function ended(child) {
  current.add(child);
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, reason: ` (${error.message})` }));
    child.once("close", (code, signal) => resolve({ code, reason: signal === null ? "" : ` (${signal})` }));
  }).finally(() => current.delete(child));
}
