import { join } from "node:path";
import { chooseNode, type NodeChoice } from "../nodes.ts";
import { readBeneath } from "../workspace.ts";
import type { PackageJson } from "./package-json.ts";

/** The Node that the repository asks for, and a line about it; no line when it asks for none. */
export async function findNode(
  root: string,
  directories: string[],
  manifest: PackageJson | null,
  running: string,
): Promise<NodeChoice | null> {
  const wanted = (await readNvmrc(root, directories)) ?? manifest?.engines.node ?? null;
  return wanted === null ? null : chooseNode(wanted, running);
}

async function readNvmrc(root: string, directories: string[]): Promise<string | null> {
  for (const directory of directories) {
    const text = await readBeneath(root, join(directory, ".nvmrc"));
    if (text !== null) return text.trim().replace(/^v/, "");
  }
  return null;
}
