import { join } from "node:path";
import semver from "semver";
import { readBeneath } from "../workspace.ts";
import type { PackageJson } from "./package-json.ts";

/** Says which Node the repository asks for, and what it gets; null when it asks for none. */
export async function noteOnNode(
  root: string,
  directories: string[],
  manifest: PackageJson | null,
  running: string,
): Promise<string | null> {
  const wanted = (await readNvmrc(root, directories)) ?? manifest?.engines.node ?? null;
  if (wanted === null) return null;
  const range = semver.validRange(wanted);
  if (range === null) return `Node ${wanted} is asked for, which is no version; Node ${running} is used.`;
  if (semver.satisfies(running, range)) return `Node ${running}, as ${wanted} allows.`;
  return `Node ${wanted} is asked for and is not there; Node ${running} is used.`;
}

async function readNvmrc(root: string, directories: string[]): Promise<string | null> {
  for (const directory of directories) {
    const text = await readBeneath(root, join(directory, ".nvmrc"));
    if (text !== null) return text.trim().replace(/^v/, "");
  }
  return null;
}
