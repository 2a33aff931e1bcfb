import { tryGit } from "./run.ts";

/** The tree of both sides merged, or null when they conflict or have no common history. */
export async function mergeTrees(dir: string, base: string, head: string): Promise<string | null> {
  const result = await tryGit(dir, ["merge-tree", "--write-tree", "--no-messages", base, head]);
  if (result.exitCode !== 0) return null;
  return result.stdout.toString("utf8").split("\n")[0] ?? null;
}
