import type { Workspace } from "../workspace.ts";
import { readBeneath, resolveBeneath } from "../workspace.ts";
import { type Cli, refusalOfCli } from "./cli.ts";
import { type Config, type ConfigProblem, findConfig } from "./config.ts";
import { findNode } from "./node-version.ts";
import { type PackageJson, readPackageJson } from "./package-json.ts";
import { findPackageManager, installCommand, type PackageManager, testCommand, upwards } from "./package-manager.ts";

/** What a repository asks for, read from its files without running anything. */
export type BuildPlan = {
  baseDirectory: string;
  installDirectory: string;
  /** Null without a package.json. */
  install: string[] | null;
  /** Null without a test script, or with npm's placeholder. */
  test: string[] | null;
  /** The name of the CLI that package.json pins; null for ours. */
  pinnedCli: Cli["name"] | null;
  /** Why that CLI can't deploy here, in a sentence. */
  cliRefusal: string | null;
  /** Null: the worker's own. */
  node: string | null;
  /** Lines for the log. */
  notes: string[];
  /** The service's file; null without one. */
  config: Config | null;
  problem: ConfigProblem | null;
};

/** @param submodules whether the checkout fetched them as well */
export async function readPlan(
  { repository }: Workspace,
  baseDirectory: string,
  { submodules = false } = {},
): Promise<BuildPlan> {
  if ((await resolveBeneath(repository, baseDirectory)) === null) return missingDirectory(baseDirectory);
  const [{ config, problem }, manifest, manager] = await Promise.all([
    findConfig(repository, baseDirectory),
    readPackageJson(repository, baseDirectory),
    findPackageManager(repository, baseDirectory),
  ]);
  const root = manager.directory === baseDirectory ? manifest : await readPackageJson(repository, manager.directory);
  const pinned = pinnedBy(manifest) ?? pinnedBy(root);
  const pinnedCli = pinned?.name ?? null;
  const node = await findNode(repository, upwards(baseDirectory), manifest ?? root, process.versions.node);
  return {
    baseDirectory,
    installDirectory: manager.directory,
    install: manifest === null && root === null ? null : installCommand(manager),
    test: hasTests(manifest) ? testCommand(manager) : null,
    pinnedCli,
    cliRefusal: refusalOfCli(pinned),
    node: node?.version ?? null,
    notes: [
      noteOnManager(manager),
      node?.note,
      noteOnCli(pinnedCli),
      submodules ? undefined : await noteOnSubmodules(repository),
    ].filter((note) => note !== undefined),
    config,
    problem,
  };
}

function missingDirectory(baseDirectory: string): BuildPlan {
  const message = `The base directory ${baseDirectory} is not in the repository.`;
  const problem = { file: baseDirectory, message };
  const nothing = { install: null, test: null, pinnedCli: null, cliRefusal: null, node: null, notes: [], config: null };
  return { baseDirectory, installDirectory: baseDirectory, ...nothing, problem };
}

/** npm writes this script into every new package.json. */
const placeholder = /no test specified/;

function hasTests(manifest: PackageJson | null): boolean {
  const script = manifest?.scripts.test;
  return script !== undefined && script.trim() !== "" && !placeholder.test(script);
}

function pinnedBy(manifest: PackageJson | null): Pick<Cli, "name" | "version"> | null {
  const pinned = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const name = (["osls", "serverless"] as const).find((each) => pinned[each] !== undefined);
  return name === undefined ? null : { name, version: pinned[name] ?? "" };
}

function noteOnManager({ name, lockFile }: PackageManager): string {
  const shown = name === "yarn-berry" ? "yarn 2 or later" : name;
  return lockFile === null
    ? "There is no lock file, so versions are not fixed."
    : `${lockFile} is there, so ${shown} installs.`;
}

async function noteOnSubmodules(repository: string): Promise<string | undefined> {
  if ((await readBeneath(repository, ".gitmodules")) === null) return undefined;
  return "There are submodules, which are not fetched: their folders are empty.";
}

function noteOnCli(pinned: BuildPlan["pinnedCli"]): string {
  return pinned === null
    ? "package.json pins no CLI, so osls 4.3.1 deploys."
    : `package.json pins ${pinned}, so it deploys.`;
}
