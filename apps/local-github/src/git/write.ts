import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, gitLine } from "./run.ts";

export interface Identity {
  name: string;
  email: string;
}

/** GitHub commits in its own name what a person does with a button. */
export const WEB_COMMITTER: Identity = { name: "GitHub", email: "noreply@github.com" };

interface NewCommit {
  tree: string;
  parents: string[];
  message: string;
  author: Identity;
  committer: Identity;
}

/** Writes a commit object (no ref moves) and gives its SHA. */
export function writeCommit(dir: string, commit: NewCommit): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  return gitLine(dir, ["commit-tree", commit.tree, ...parents, "-F", "-"], {
    input: commit.message,
    env: {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_COMMITTER_NAME: commit.committer.name,
      GIT_COMMITTER_EMAIL: commit.committer.email,
    },
  });
}

/** The tree of a commit (null: empty) with one file written, or removed when the content is null. */
export function writeTreeWithFile(dir: string, base: string | null, path: string, content: Uint8Array | null) {
  return withIndex(async (index) => {
    const env = { GIT_INDEX_FILE: index };
    if (base) await git(dir, ["read-tree", "--end-of-options", base], { env });
    let line = `0 ${"0".repeat(40)}\t${path}\0`;
    if (content) {
      const blob = await gitLine(dir, ["hash-object", "-w", "--stdin"], { input: content });
      line = `100644 ${blob}\t${path}\0`;
    }
    await git(dir, ["update-index", "-z", "--index-info"], { env, input: line });
    return gitLine(dir, ["write-tree"], { env });
  });
}

const NEVER_IMPORTED = ["node_modules/", ".serverless/", ".env"];

/** The tree of a directory on this machine, without what its .gitignore leaves out. */
export function writeTreeFromDirectory(dir: string, directory: string): Promise<string> {
  return withIndex(async (index) => {
    const excludes = `${index}.excludes`;
    await writeFile(excludes, NEVER_IMPORTED.join("\n"));
    const env = { GIT_INDEX_FILE: index };
    const settings = ["-c", "core.bare=false", "-c", `core.excludesFile=${excludes}`];
    await git(dir, [...settings, "--work-tree", directory, "add", "--all", "--", directory], { env });
    return gitLine(dir, ["write-tree"], { env });
  });
}

async function withIndex<T>(work: (index: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "local-github-"));
  try {
    return await work(join(folder, "index"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
