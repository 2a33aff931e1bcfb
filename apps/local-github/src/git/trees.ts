import { git, tryGit } from "./run.ts";

export interface TreeEntry {
  mode: string;
  type: "blob" | "tree" | "commit";
  sha: string;
  size: number | null;
  path: string;
}

/** Entries of a tree, or of the tree of a commit; null when there is no such object. */
export async function readTree(dir: string, sha: string, recursive: boolean): Promise<TreeEntry[] | null> {
  const flags = recursive ? ["-r", "-t"] : [];
  const result = await tryGit(dir, ["ls-tree", "-z", "-l", "--full-tree", ...flags, "--end-of-options", sha]);
  return result.exitCode === 0 ? parseTree(result.stdout.toString("utf8")) : null;
}

function parseTree(text: string): TreeEntry[] {
  return text
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", type = "", sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
      return {
        mode,
        type: type as TreeEntry["type"],
        sha,
        size: size === "-" ? null : Number(size),
        path: line.slice(tab + 1),
      };
    });
}

/** The entry at exactly this path in a commit, or null; the root is a tree with an empty path. */
export async function findEntry(dir: string, commit: string, path: string): Promise<TreeEntry | null> {
  if (path === "") {
    const root = await git(dir, ["rev-parse", "--verify", "--end-of-options", `${commit}^{tree}`]);
    return { mode: "040000", type: "tree", sha: root.toString("utf8").trim(), size: null, path: "" };
  }
  const result = await tryGit(dir, ["--literal-pathspecs", "ls-tree", "-z", "-l", "--full-tree", commit, "--", path]);
  return result.exitCode === 0 ? (parseTree(result.stdout.toString("utf8"))[0] ?? null) : null;
}

export async function objectType(dir: string, sha: string): Promise<string | null> {
  const result = await tryGit(dir, ["cat-file", "-t", sha]);
  return result.exitCode === 0 ? result.stdout.toString("utf8").trim() : null;
}

export function readBlob(dir: string, sha: string): Promise<Buffer> {
  return git(dir, ["cat-file", "blob", sha]);
}
