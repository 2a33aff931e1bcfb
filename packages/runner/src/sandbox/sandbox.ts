import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Egress } from "../egress/egress.ts";
import { type Group, openGroup } from "../limits/group.ts";
import { type LimitName, sentenceOf } from "../limits/limits.ts";
import { watchLimits } from "../limits/watch.ts";
import type { Toolchain } from "../toolchain.ts";
import type { Workspace } from "../workspace.ts";
import { toolEnvironment } from "./environment.ts";
import { buildFiles, inside } from "./layout.ts";
import type { Machine } from "./machine.ts";
import { type Confined, spawnConfined } from "./spawn.ts";
import { watchStep } from "./watch.ts";

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
  | { kind: "limited"; limit: LimitName; sentence: string }
  | { kind: "cancelled" };

export type Sandbox = {
  workspace: Workspace;
  toolchain: Toolchain;
  run(step: Step): Promise<StepExit>;
};

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

  function limitedBy(limit: LimitName): StepExit {
    return { kind: "limited", limit, sentence: sentenceOf(limit, machine.limits) };
  }

  async function run(step: Step): Promise<StepExit> {
    if (step.signal.aborted) return { kind: "cancelled" };
    const node = step.node === null ? toolchain.node : await toolchain.otherNode(step.node);
    egress.allow(step.allow);
    const group = await openGroup(machine.hierarchies, machine.limits);
    try {
      return await runIn(group, step, node);
    } finally {
      egress.allow([]);
      await group.remove();
    }
  }

  async function runIn(group: Group, step: Step, node: string): Promise<StepExit> {
    const { fileBytes } = machine.limits;
    const files = buildFiles(workspace, toolchain, node);
    const confinement = { parts: machine.parts, user: workspace.user, files, joins: group.joins, fileBytes };
    const child = spawnConfined(confinement, launcher);
    const watch = watchStep(child, step, killSignal);
    const limits = watchLimits(group, workspace.share, fileBytes, (limit) => watch.endByLimit(limitedBy(limit)));
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
    const code = await exitOf(child);
    const ended = watch.stop();
    limits.stop();
    await read;
    if (ended !== null || code === 0) return ended ?? { kind: "exited", code };
    const limit = await limits.whyFailed(code);
    return limit === null ? exitKind(code) : limitedBy(limit);
  }

  return { workspace, toolchain, run };
}

const launcher = [inside.workerNode, inside.launcher];

function exitOf(child: Confined): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 137));
  });
}

async function drain(stream: Readable, name: "stdout" | "stderr", hear: Output): Promise<void> {
  for await (const bytes of stream) await hear(bytes as Buffer, name);
}

function exitKind(code: number): StepExit {
  return code > 128 && code < 160 ? { kind: "signalled", signal: `signal ${code - 128}` } : { kind: "exited", code };
}
