import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { toolchainDirectory } from "@branchline/testing/paths";
import { execa } from "execa";
import { startEgress } from "../egress/egress.ts";
import { phaseHosts } from "../egress/hosts.ts";
import { watchDisk } from "../limits/disk.ts";
import { defaultLimits, type Limits } from "../limits/limits.ts";
import { buildUsers, type Machine, prepareMachine } from "../sandbox/machine.ts";
import { createSandbox, type Step, type StepExit } from "../sandbox/sandbox.ts";
import { prepareToolchain } from "../toolchain.ts";
import { createWorkspace, type Workspace } from "../workspace.ts";

const preparing = prepareMachine({ users: buildUsers, limits: defaultLimits, reserveBytes: 0 });

/** What the machine that runs the tests gives a sandbox. */
export async function machineOfTests(given: Partial<Limits> = {}, reserveBytes = 0): Promise<Machine> {
  const { machine, missing } = await preparing;
  if (machine === null) throw new Error(missing.join("\n"));
  const limits = { ...machine.limits, ...given };
  return { ...machine, limits, disk: watchDisk({ ...limits, reserveBytes }) };
}

export type BenchOptions = {
  routes?: Record<string, string>;
  /** The operator's own git host. */
  git?: URL;
  authorities?: string[];
  limits?: Partial<Limits>;
  resolve?: (host: string) => Promise<string>;
  /** For builds that share a disk. */
  machine?: Machine;
};

/** A workspace with files in it, a sandbox around it, and what its steps printed. */
export async function createBench(files: Record<string, string>, options: BenchOptions = {}) {
  const { routes = {}, authorities = [], limits = {} } = options;
  const root = await mkdtemp(join(tmpdir(), "runner-"));
  const toolchain = await prepareToolchain({ directory: toolchainDirectory, authorities });
  const machine = options.machine ?? (await machineOfTests(limits));
  const workspace = await createWorkspace(root, "build", machine);

  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace.repository, path)), { recursive: true });
    await writeFile(join(workspace.repository, path), text);
  }
  await giveToBuild(workspace);
  const refused: string[] = [];
  const { resolve } = options;
  const own = { registry: toolchain.registry, git: options.git ?? new URL("https://github.com") };
  const onRefused = (line: string) => void refused.push(line);
  const egress = await startEgress({ workspace, own, routes, onRefused, ...(resolve && { resolve }) });
  const killing = new AbortController();
  const sandbox = createSandbox({ machine, workspace, toolchain, egress, killSignal: killing.signal });

  /** @param step its output is told as it comes, and collected in any case */
  async function run(argv: string[], step: Partial<Step> = {}): Promise<{ exit: StepExit; text: string }> {
    const parts: Buffer[] = [];
    const output: Step["output"] = async (bytes, stream) => {
      parts.push(bytes);
      await step.output?.(bytes, stream);
    };
    const exit = await sandbox.run({
      argv,
      directory: "",
      environment: {},
      node: null,
      allow: [],
      timeoutMs: 120_000,
      idleTimeoutMs: 120_000,
      signal: new AbortController().signal,
      ...step,
      output,
    });
    return { exit, text: Buffer.concat(parts).toString("utf8") };
  }

  return {
    machine,
    workspace,
    toolchain,
    /** As where the operator has set nothing. */
    hosts: phaseHosts(own, { build: [], deploy: [] }),
    sandbox,
    refused,
    run,
    /** Ends what runs, and whatever would run next. */
    kill: () => killing.abort(),
    /** Puts a folder's files into the repository. */
    async copy(from: string): Promise<void> {
      await cp(from, workspace.repository, { recursive: true });
      await giveToBuild(workspace);
    },
    async close() {
      await egress.stop();
      await workspace.dispose();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Files are the build's, as those that it checks out are. */
async function giveToBuild({ user, repository }: Workspace): Promise<void> {
  if (user !== null) await execa("chown", ["-R", `${user}:${user}`, repository]);
}
