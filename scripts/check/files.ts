import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";

/**
 * Paths relative to `at` of every file that is, or could be, committed: tracked ones and new ones that git does not ignore.
 * Files that are deleted but still in the index are left out.
 */
export async function committedFiles(at: string): Promise<string[]> {
  const list = async (...args: string[]) =>
    (await execa("git", ["ls-files", "-z", ...args], { cwd: at })).stdout.split("\0").filter((path) => path !== "");
  const deleted = new Set(await list("--deleted"));
  const files = await list("--cached", "--others", "--exclude-standard");
  return [...new Set(files)].filter((path) => !deleted.has(path)).sort();
}

const source = /\.(ts|tsx|mts|mjs|js|jsx|css)$/;

/** Of those, the code of ours: no examples, which are code of customers. */
export async function sourceFiles(at: string): Promise<string[]> {
  return (await committedFiles(at)).filter((path) => source.test(path) && !path.startsWith("examples/"));
}

/** The text of each file, under its path. Files that vanish while they are read are left out: others edit, too. */
export async function textsOf(at: string, paths: readonly string[]): Promise<Map<string, string>> {
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(at, path), "utf8").catch(() => null)] as const),
  );
  return new Map(texts.filter((entry): entry is [string, string] => entry[1] !== null));
}
