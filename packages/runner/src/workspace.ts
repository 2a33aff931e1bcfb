import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
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
  for (const part of ["repository", "home"]) await mkdir(inside(part), { recursive: true });
  await chmod(directory, 0o700);
  // A Unix socket's path has 108 bytes at the most, and the worker's directory may take all of them.
  const sockets = await mkdtemp(join(tmpdir(), "build-"));
  return {
    repository: inside("repository"),
    home: inside("home"),
    sockets,
    async dispose() {
      for (const path of [directory, sockets]) await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
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

const readableBytes = 32 * 1024 * 1024;

/**
 * A text file of the checkout. A link that leads out of it counts as absent: this process can read files that no build
 * may see, its own environment among them. So does what is no file, or too large to be one of ours to read.
 */
export async function readBeneath(root: string, path: string): Promise<string | null> {
  const beneath = await resolveBeneath(root, path);
  if (beneath === null) return null;
  const file = join(await realpath(root), beneath);
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile() || found.size > readableBytes) return null;
  return readFile(file, "utf8").catch(() => null);
}
