import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { Scene } from "./scene.ts";

export type Clone = {
  directory: string;
  /** Commits the files on top of what was pushed last, and pushes that to a branch. @returns the commit */
  push(branch: string, files: Record<string, string>, message: string): Promise<string>;
  remove(): Promise<void>;
};

/** A clone as a developer has one, by plain git. */
export async function cloneRepository({ world, token }: Scene, name: string): Promise<Clone> {
  const directory = await mkdtemp(join(tmpdir(), "clone-"));
  const git = async (...rest: string[]) => (await execa("git", rest, { cwd: directory })).stdout;
  const remote = new URL(`${world.github.url}/acme/${name}.git`);
  remote.username = "ada";
  remote.password = token;
  await git("clone", "--quiet", remote.href, ".");
  await git("config", "user.name", "Ada");
  await git("config", "user.email", "ada@example.com");
  return {
    directory,
    async push(branch, files, message) {
      for (const [path, text] of Object.entries(files)) await writeFile(join(directory, path), text);
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", "--message", message);
      await git("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
      return git("rev-parse", "HEAD");
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
