import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Egress } from "../egress/egress.ts";
import type { Toolchain } from "../toolchain.ts";
import type { Workspace } from "../workspace.ts";
import { toolEnvironment } from "./environment.ts";
import { buildFiles, inside } from "./layout.ts";
import type { Machine } from "./machine.ts";
import { type Confined, spawnConfined } from "./spawn.ts";

export type Output = (bytes: Buffer, stream: "stdout" | "stderr") => Promise<void>;

export type Step = {
  argv: string[];
  /** Relative to the repository. */
  directory: string;
  environment: Record<string, string>;
  /** The plan's; null for the worker's own. */
  node: string | null;
  /** Files of the step alone, in memory, by their path inside. */
  files?: Record<string, string>;
  /** Globs of the hosts that it may reach. */
  allow: readonly string[];
  timeoutMs: number;
  /** The longest silence. */
  idleTimeoutMs: number;
  /** What it returns holds the build back while it is not settled. */
  output: Output;
  signal: AbortSignal;
};

export type StepExit =
  | { kind: "exited"; code: number }
  | { kind: "signalled"; signal: string }
  | { kind: "timed_out"; limit: "idle" | "total" }
  | { kind: "cancelled" };

export type Sandbox = {
  workspace: Workspace;
  toolchain: Toolchain;
  run(step: Step): Promise<StepExit>;
};

/** Between the request to end and the end. */
const graceMs = 10_000;

type SandboxOptions = {
  machine: Machine;
  workspace: Workspace;
  toolchain: Toolchain;
  egress: Egress;
  /** Ends whatever runs for good, without a request before. */
  killSignal: AbortSignal;
};

/** Runs steps under bubblewrap, one after the other. When a step ends, every process that it left behind ends with it. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { machine, workspace, toolchain, egress, killSignal } = options;

  async function run(step: Step): Promise<StepExit> {
    if (step.signal.aborted) return { kind: "cancelled" };
    const node = step.node === null ? toolchain.node : await toolchain.otherNode(step.node);
    egress.allow(step.allow);
    const files = buildFiles(workspace, toolchain, node);
    const child = spawnConfined({ parts: machine.parts, user: workspace.user, files }, launcher);
    const watch = watchStep(child, step, killSignal);
    const launch = {
      argv: step.argv,
      directory: join(inside.repository, step.directory),
      environment: { ...toolEnvironment(toolchain), ...step.environment },
      files: step.files ?? {},
      egressSocket: `${inside.sockets}/egress.sock`,
      proxyPort: inside.proxyPort,
    };
    child.stdin.on("error", () => undefined).write(`${JSON.stringify(launch)}\n`);
    const read = Promise.all([drain(child.stdout, "stdout", watch.hear), drain(child.stderr, "stderr", watch.hear)]);
    // A build that nobody listens to any more has no use.
    read.catch(() => child.kill("SIGKILL"));
    const exit = watch.end(await exitOf(child));
    egress.allow([]);
    await read;
    return exit;
  }

  return { workspace, toolchain, run };
}

const launcher = [inside.workerNode, "--disable-warning=ExperimentalWarning", inside.launcher];

function exitOf(child: Confined): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 137));
  });
}

async function drain(stream: Readable, name: "stdout" | "stderr", hear: Output): Promise<void> {
  for await (const bytes of stream) await hear(bytes as Buffer, name);
}

/** Ends the step when it is too long, too silent, or not wanted any more: first by request, then for good. */
function watchStep(child: Confined, step: Step, killSignal: AbortSignal) {
  let ended: StepExit | null = null;
  let killing: NodeJS.Timeout | undefined;

  function end(exit: StepExit): void {
    if (ended !== null) return;
    ended = exit;
    child.stdin.end();
    killing = setTimeout(kill, graceMs);
  }

  function kill(): void {
    child.kill("SIGKILL");
  }

  const total = setTimeout(() => end({ kind: "timed_out", limit: "total" }), step.timeoutMs);
  const idle = setTimeout(() => end({ kind: "timed_out", limit: "idle" }), step.idleTimeoutMs);
  const cancel = () => end({ kind: "cancelled" });
  const leaveSignals = [hearAbort(step.signal, cancel), hearAbort(killSignal, kill)];

  const hear: Output = async (bytes, stream) => {
    idle.refresh();
    await step.output(bytes, stream);
  };

  return {
    hear,
    end(code: number): StepExit {
      clearTimeout(total);
      clearTimeout(idle);
      clearTimeout(killing);
      for (const leave of leaveSignals) leave();
      return ended ?? exitKind(code);
    },
  };
}

/** Also of a signal that has aborted already. @returns what stops listening */
function hearAbort(signal: AbortSignal, onAbort: () => void): () => void {
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return () => signal.removeEventListener("abort", onAbort);
}

function exitKind(code: number): StepExit {
  return code > 128 && code < 160 ? { kind: "signalled", signal: `signal ${code - 128}` } : { kind: "exited", code };
}
