import { git } from "./run.ts";

export interface ChangedFile {
  path: string;
  previousPath: string | null;
  status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  /** Blob after the change, or before it when the file was removed. */
  sha: string;
  additions: number;
  deletions: number;
  patch: string | null;
}

export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const PATCH_LIMIT_BYTES = 3 * 1024 * 1024;

/** What changed between two trees or commits, renames found, in path order. */
export async function changedFiles(dir: string, from: string, to: string): Promise<ChangedFile[]> {
  const range = ["-r", "-M", "--no-abbrev", "--end-of-options", from, to];
  const raw = (await git(dir, ["diff-tree", "-z", "--raw", ...range])).toString("utf8");
  const files = parseRaw(raw.split("\0"));
  const numbers = (await git(dir, ["diff-tree", "-z", "--numstat", ...range])).toString("utf8");
  addNumbers(files, numbers.split("\0"));
  const patch = await git(dir, ["diff-tree", "-p", ...range]);
  if (patch.length <= PATCH_LIMIT_BYTES) addPatches(files, patch.toString("utf8"));
  return files;
}

function parseRaw(tokens: string[]): ChangedFile[] {
  const files: ChangedFile[] = [];
  for (let at = 0; at + 1 < tokens.length; ) {
    const [meta = "", first = "", second = ""] = tokens.slice(at, at + 3);
    const moved = /[RC]\d+$/.test(meta);
    files.push(moved ? fileOf(meta, second, first) : fileOf(meta, first, null));
    at += moved ? 3 : 2;
  }
  return files;
}

function fileOf(meta: string, path: string, previousPath: string | null): ChangedFile {
  const [, , before = "", after = "", letter = ""] = meta.split(" ");
  const sha = letter === "D" ? before : after;
  return { path, previousPath, status: statusOf(letter), sha, additions: 0, deletions: 0, patch: null };
}

function statusOf(letter: string): ChangedFile["status"] {
  const words: Record<string, ChangedFile["status"]> = {
    A: "added",
    D: "removed",
    R: "renamed",
    C: "copied",
    T: "changed",
  };
  return words[letter.slice(0, 1)] ?? "modified";
}

/** `-z --numstat` gives `a\td\tpath` or, for a rename, `a\td\t` and the two paths on their own. */
function addNumbers(files: ChangedFile[], tokens: string[]): void {
  let at = 0;
  for (const file of files) {
    const [additions = "0", deletions = "0", path = ""] = (tokens[at] ?? "").split("\t");
    file.additions = Number.parseInt(additions, 10) || 0;
    file.deletions = Number.parseInt(deletions, 10) || 0;
    at += path === "" ? 3 : 1;
  }
}

function addPatches(files: ChangedFile[], patch: string): void {
  const parts = patch.split(/^diff --git /m).slice(1);
  let at = 0;
  for (const file of files) {
    const part = parts[at] ?? "";
    const start = part.search(/^@@ /m);
    if (start >= 0) file.patch = part.slice(start).replace(/\n$/, "");
    // A file that became a link is shown as a removal and an addition.
    at += file.status === "changed" ? 2 : 1;
  }
}
