import { isRefName } from "./refs.ts";
import { git } from "./run.ts";

export interface Person {
  name: string;
  email: string;
  /** ISO 8601 with its offset. */
  date: string;
}

export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  message: string;
}

const FIELDS = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"];
const FORMAT = `--format=tformat:${FIELDS.map((field) => `${field}%x00`).join("")}`;

/** Commits as `git log` finds them for the given revisions (SHAs, or `^SHA` to leave out), options and paths. */
export async function readCommits(
  dir: string,
  revisions: string[],
  options: string[] = [],
  paths: string[] = [],
): Promise<Commit[]> {
  const input = `${revisions.join("\n")}\n`;
  const out = await git(dir, ["--literal-pathspecs", "log", FORMAT, ...options, "--stdin", "--", ...paths], { input });
  const fields = out.toString("utf8").split("\0");
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS.length <= fields.length; at += FIELDS.length) {
    commits.push(parseCommit(fields.slice(at, at + FIELDS.length)));
  }
  return commits;
}

function parseCommit(fields: string[]): Commit {
  const [sha = "", tree = "", parents = "", an = "", ae = "", ad = "", cn = "", ce = "", cd = "", message = ""] =
    fields;
  return {
    sha: sha.trim(),
    tree,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message: message.replace(/\n+$/, ""),
  };
}

/** Throws when the commit does not exist. */
export async function readCommit(dir: string, sha: string): Promise<Commit> {
  const [commit] = await readCommits(dir, [sha], ["--no-walk"]);
  if (!commit) throw new Error(`commit ${sha} does not exist`);
  return commit;
}

/** The commit that a ref names in full; null when there is no such ref. */
export async function findTip(dir: string, ref: string): Promise<Commit | null> {
  if (!isRefName(ref)) return null;
  const [commit] = await readCommits(dir, [ref], ["--no-walk", "--ignore-missing"]);
  return commit ?? null;
}

/** How many commits the revisions reach. */
export async function countCommits(dir: string, revisions: string[]): Promise<number> {
  const out = await git(dir, ["rev-list", "--count", "--stdin"], { input: `${revisions.join("\n")}\n` });
  return Number(out.toString("utf8").trim());
}

export interface TouchedPaths {
  added: string[];
  modified: string[];
  removed: string[];
}

/** The paths that each commit changed against its first parent; a rename is a removal and an addition. */
export async function readTouchedPaths(dir: string, shas: string[]): Promise<Map<string, TouchedPaths>> {
  const touched = new Map<string, TouchedPaths>();
  if (shas.length === 0) return touched;
  const args = ["log", "-z", "--no-walk=unsorted", "--diff-merges=first-parent", "--name-status", "--no-renames"];
  const out = await git(dir, [...args, "--root", "--format=%H", "--stdin"], { input: `${shas.join("\n")}\n` });
  let current: TouchedPaths = { added: [], modified: [], removed: [] };
  const tokens = out.toString("utf8").split("\0");
  for (let at = 0; at < tokens.length; at += 1) {
    const token = (tokens[at] ?? "").trim();
    if (/^[0-9a-f]{40}$/.test(token)) {
      current = { added: [], modified: [], removed: [] };
      touched.set(token, current);
    } else if (/^[A-Z]\d*$/.test(token)) {
      at += 1;
      listFor(current, token).push(tokens[at] ?? "");
    }
  }
  return touched;
}

function listFor(paths: TouchedPaths, letter: string): string[] {
  if (letter === "A") return paths.added;
  return letter === "D" ? paths.removed : paths.modified;
}
