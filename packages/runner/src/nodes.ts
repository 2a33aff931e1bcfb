import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import semver from "semver";
import { z } from "zod";
import { installOnce } from "./install-once.ts";

const manifests = fileURLToPath(new URL("../nodes/", import.meta.url));
const majors = ["20", "22"];

/** The Nodes that a build may have besides the worker's own: one of each major, pinned in nodes/. */
const others = majors.map((major) => {
  const manifest = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(manifests, major, "package.json"), "utf8")));
  const [version = ""] = Object.values(manifest.optionalDependencies);
  return { major, version };
});

/** Names of lines of releases, as nvm writes them. */
const releaseLines: Record<string, string> = {
  "lts/*": ">=20",
  "lts/iron": "20",
  "lts/jod": "22",
  "lts/krypton": "24",
};

export type NodeChoice = {
  /** Null: the worker's own. */
  version: string | null;
  note: string;
};

/** The Node for what a repository asks for: the worker's own where that is allowed, else the newest that is. */
export function chooseNode(wanted: string, running: string): NodeChoice {
  const range = semver.validRange(releaseLines[wanted] ?? wanted);
  if (range === null)
    return { version: null, note: `Node ${wanted} is asked for, which is no version; Node ${running} is used.` };
  const chosen = newestOf(range, running) ?? newestOf(majorOf(wanted) ?? range, running);
  if (chosen === null)
    return { version: null, note: `Node ${wanted} is asked for and is not there; Node ${running} is used.` };
  return { version: chosen === running ? null : chosen, note: `Node ${chosen}, for ${wanted}.` };
}

function newestOf(range: string, running: string): string | null {
  if (semver.satisfies(running, range)) return running;
  return semver.maxSatisfying(
    others.map((each) => each.version),
    range,
  );
}

/** Of an exact version: another release of its major is nearer to it than another major. */
function majorOf(wanted: string): string | null {
  const exact = semver.valid(wanted);
  return exact === null ? null : String(semver.major(exact));
}

/** Installs one of the choices beneath a directory, once, and gives the path of its binary. */
export async function installNode(directory: string, version: string): Promise<string> {
  const major = others.find((each) => each.version === version)?.major;
  if (major === undefined) throw new Error(`Node ${version} is none of those that a build may have.`);
  const installed = await installOnce(join(manifests, major), directory);
  return join(installed, "node_modules", `node-linux-${process.arch}`, "bin/node");
}
