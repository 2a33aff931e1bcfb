import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalGithub } from "../github.ts";
import { cloneUrl, git } from "./git.ts";
import { people } from "./people.ts";

export type Clone = {
  directory: string;
  /** Git as Ada. @returns what it printed */
  run(...args: string[]): Promise<string>;
  /** Commits the files on top of what was pushed last, and pushes that to a branch. @returns the commit */
  push(branch: string, files: Record<string, string>, message: string): Promise<string>;
  remove(): Promise<void>;
};

/** A clone as Ada has one, by plain git. */
export async function cloneRepository(github: LocalGithub, token: string, fullName: string): Promise<Clone> {
  const directory = await mkdtemp(join(tmpdir(), "clone-"));
  const run = (...args: string[]) => git(directory, people.ada, args);
  await run("clone", "--quiet", cloneUrl(github.url, token, fullName), ".");
  return {
    directory,
    run,
    async push(branch, files, message) {
      for (const [path, text] of Object.entries(files)) await writeFile(join(directory, path), text);
      await run("add", "--all");
      await run("commit", "--quiet", "--allow-empty", "--message", message);
      await run("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
      return run("rev-parse", "HEAD");
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
