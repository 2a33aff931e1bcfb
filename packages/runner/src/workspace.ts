import { chmod, mkdir, realpath, rm } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";

/** A build's own directories on the worker's disk. */
export type Workspace = {
  /** The checkout. */
  repository: string;
  home: string;
  /** Unix sockets, the only things of the worker's that a build can talk to. */
  sockets: string;
  dispose(): Promise<void>;
};

/** A fresh workspace; what an earlier build of this name left is gone. */
export async function createWorkspace(root: string, name: string): Promise<Workspace> {
  const directory = join(root, name);
  await rm(directory, { recursive: true, force: true });
  const inside = (part: string) => join(directory, part);
  for (const part of ["repository", "home", "sockets"]) await mkdir(inside(part), { recursive: true });
  await chmod(directory, 0o700);
  return {
    repository: inside("repository"),
    home: inside("home"),
    sockets: inside("sockets"),
    dispose: () => rm(directory, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/**
 * A directory beneath the repository, as it is on disk now: symbolic links are followed and must not lead out.
 * @returns null when it is not there, or not beneath the root
 */
export async function resolveBeneath(root: string, directory: string): Promise<string | null> {
  const real = await realpath(join(root, directory)).catch(() => null);
  if (real === null) return null;
  const inside = relative(await realpath(root), real);
  return inside.startsWith("..") || isAbsolute(inside) ? null : inside;
}
