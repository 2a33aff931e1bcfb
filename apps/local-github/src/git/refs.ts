import { git, tryGit } from "./run.ts";

export const ZERO_SHA = "0".repeat(40);

export interface Ref {
  /** In full: `refs/heads/main`. */
  ref: string;
  sha: string;
  type: string;
}

/** The refs under a prefix such as `refs/heads/`, in git's order. */
export async function listRefs(dir: string, prefixes: string[]): Promise<Ref[]> {
  const out = await git(dir, ["for-each-ref", "--format=%(objectname) %(objecttype) %(refname)", ...prefixes]);
  return out
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [sha = "", type = "", ...rest] = line.split(" ");
      return { sha, type, ref: rest.join(" ") };
    });
}

export async function findRef(dir: string, ref: string): Promise<Ref | null> {
  if (!isRefName(ref)) return null;
  return (await listRefs(dir, [ref])).find((one) => one.ref === ref) ?? null;
}

/** What git accepts as the full name of a ref, without asking git. */
export function isRefName(ref: string): boolean {
  if (!/^refs\/(heads|tags)\/[^\s~^:?*[\\]+$/.test(ref)) return false;
  if (/\.\.|@\{|\/\/|\.lock(\/|$)|\/\.|[./]$/.test(ref)) return false;
  return ![...ref].some((character) => character < " " || character === "\u007f");
}

/** The commit that a branch, a tag or a SHA (of 4 digits or more) names, or null. */
export async function resolveCommit(dir: string, name: string): Promise<string | null> {
  const short = name.replace(/^refs\//, "").replace(/^(heads|tags)\//, "");
  for (const candidate of [`refs/heads/${short}`, `refs/tags/${short}`]) {
    const found = isRefName(candidate) ? await verify(dir, candidate) : null;
    if (found) return found;
  }
  if (name === "HEAD" || /^[0-9a-f]{4,40}$/i.test(name)) return verify(dir, name);
  return null;
}

async function verify(dir: string, name: string): Promise<string | null> {
  const result = await tryGit(dir, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  return result.exitCode === 0 ? result.stdout.toString("utf8").trim() : null;
}

export async function updateRef(dir: string, ref: string, sha: string, expected: string): Promise<boolean> {
  return (await tryGit(dir, ["update-ref", "--end-of-options", ref, sha, expected])).exitCode === 0;
}

export async function isAncestor(dir: string, ancestor: string, descendant: string): Promise<boolean> {
  return (await tryGit(dir, ["merge-base", "--is-ancestor", ancestor, descendant])).exitCode === 0;
}

export async function mergeBase(dir: string, one: string, other: string): Promise<string | null> {
  const result = await tryGit(dir, ["merge-base", one, other]);
  return result.exitCode === 0 ? result.stdout.toString("utf8").trim() : null;
}
