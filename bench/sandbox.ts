import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  buildUsers,
  createSandbox,
  createWorkspace,
  defaultLimits,
  phaseHosts,
  prepareMachine,
  prepareToolchain,
  type Step,
  startEgress,
} from "@branchline/runner";
import { repositoryRoot, toolchainDirectory } from "@branchline/testing/paths";
import type { Benchmark, Row } from "./benchmark.ts";
import { quantile, rounded } from "./figures.ts";

const starts = 60;
/** Of about fifteen seconds each. */
const pairs = 7;

/** What it costs a step to run in the sandbox, and an installation to go through the proxy. */
export const sandbox: Benchmark = {
  name: "sandbox",
  async run() {
    const root = await mkdtemp(join(tmpdir(), "bench-sandbox-"));
    try {
      return [...(await startUp(root)), await install(root)];
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

const benchToolchain = () => prepareToolchain({ directory: toolchainDirectory, authorities: [] });

/** A workspace with a sandbox around it, as a deployment has one. */
async function openSandbox(root: string, name: string) {
  const { machine, missing } = await prepareMachine({ users: buildUsers, limits: defaultLimits, reserveBytes: 0 });
  if (machine === null || missing.length > 0) throw new Error(missing.join("\n"));
  const toolchain = await benchToolchain();
  const workspace = await createWorkspace(root, name, machine);
  const own = { registry: toolchain.registry, git: new URL("https://github.com") };
  const egress = await startEgress({ workspace, own, routes: {}, onRefused: (line) => console.error(line) });
  const killSignal = new AbortController().signal;
  const opened = createSandbox({ machine, workspace, toolchain, egress, killSignal });
  const run = async (argv: string[], step: Partial<Step> = {}) => {
    const exit = await opened.run({
      argv,
      directory: "",
      environment: {},
      node: null,
      allow: phaseHosts(own, { build: [], deploy: [] }).build,
      timeoutMs: 300_000,
      idleTimeoutMs: 300_000,
      output: async () => undefined,
      signal: killSignal,
      ...step,
    });
    if (exit.kind !== "exited" || exit.code !== 0) throw new Error(`${argv.join(" ")}: ${JSON.stringify(exit)}`);
  };
  return {
    workspace,
    run,
    async close() {
      await egress.stop();
      await workspace.dispose();
    },
  };
}

/** From the worker's decision to the step's first byte, beside the same of a bare process and of a bare bubblewrap. */
async function startUp(root: string): Promise<Row[]> {
  const { run, close } = await openSandbox(root, "start");
  const bare = ["/usr/bin/bwrap", "--unshare-all", "--ro-bind", "/", "/", "echo", "started"];
  const ways: Record<string, (started: () => void) => Promise<unknown>> = {
    "a bare process": (started) => runBare(["echo", "started"], started),
    "a bare bubblewrap": (started) => runBare(bare, started),
    "a bare Node": (started) => runBare([process.execPath, "-e", "console.log('started')"], started),
    "a step in the sandbox": (started) => run(["echo", "started"], { output: async () => started() }),
  };
  const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  // In turns, so that what else the machine does meets all alike.
  for (let turn = 0; turn < starts; turn += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const begun = performance.now();
      await way(() => times.get(name)?.push(performance.now() - begun));
    }
  }
  await close();
  return [...times].map(([name, measured]) => ({
    name: `start of ${name}`,
    "p50 ms": rounded(quantile(measured, 0.5), 1),
    "p95 ms": rounded(quantile(measured, 0.95), 1),
  }));
}

async function runBare([command = "", ...rest]: string[], started: () => void): Promise<void> {
  const child = spawn(command, rest, { env: {}, stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.once("data", started);
  await once(child, "close");
}

/** `npm ci` of a CLI with an empty cache: through sandbox and proxy, and as a plain process, by the same npm. */
async function install(root: string): Promise<Row> {
  // It fills the caches of registry and disk, for both ways alike.
  await installBothWays(root, 0);
  const measured: Pair[] = [];
  for (let turn = 1; turn <= pairs; turn += 1) measured.push(await installBothWays(root, turn));
  const middle = (of: (pair: Pair) => number) => quantile(measured.map(of), 0.5);
  return {
    name: `npm ci of 213 packages, empty cache, ${pairs} pairs`,
    "through the proxy, s": rounded(middle(({ inside }) => inside) / 1000, 2),
    "without, s": rounded(middle(({ plain }) => plain) / 1000, 2),
    ratio: rounded(
      middle(({ inside, plain }) => inside / plain),
      2,
    ),
  };
}

type Pair = { inside: number; plain: number };

/** One right after the other, so that what else the machine and the registry do meets both; in turns, which is first. */
async function installBothWays(root: string, turn: number): Promise<Pair> {
  const ways = { inside: () => confinedInstall(root, `install-${turn}`), plain: () => plainInstall(root) };
  if (turn % 2 === 0) return { inside: await ways.inside(), plain: await ways.plain() };
  return { plain: await ways.plain(), inside: await ways.inside() };
}

async function confinedInstall(root: string, name: string): Promise<number> {
  const { workspace, run, close } = await openSandbox(root, name);
  await placeManifest(workspace.repository, workspace.user);
  const tookMs = await timed(() => run(["npm", "ci"]));
  await close();
  return tookMs;
}

async function plainInstall(root: string): Promise<number> {
  const directory = await mkdtemp(join(root, "plain-"));
  const toolchain = await benchToolchain();
  await placeManifest(directory, null);
  const env = {
    PATH: `${dirname(toolchain.node)}:/usr/bin:/bin`,
    HOME: join(directory, "home"),
    NODE_EXTRA_CA_CERTS: toolchain.caFile,
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    ...toolchain.npmEnvironment,
  };
  const npm = join(toolchain.directory, "node_modules/npm/bin/npm-cli.js");
  const tookMs = await timed(async () => {
    const child = spawn(toolchain.node, [npm, "ci"], { cwd: directory, env, stdio: "ignore" });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`npm ci ended with ${code}`);
  });
  await rm(directory, { recursive: true });
  return tookMs;
}

async function placeManifest(directory: string, user: number | null): Promise<void> {
  for (const file of ["package.json", "package-lock.json"]) {
    await copyFile(join(repositoryRoot, "examples/pinned-osls3", file), join(directory, file));
    if (user !== null) await chown(join(directory, file), user, user);
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
