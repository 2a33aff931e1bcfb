import { constants, existsSync } from "node:fs";
import { chmod, chown, mkdir, open, readlink, realpath } from "node:fs/promises";
import type { Server } from "node:net";
import { isAbsolute, join, relative } from "node:path";
import { execa } from "execa";
import type { DiskShare } from "./limits/disk.ts";
import type { Machine } from "./sandbox/machine.ts";

/** A build's own directories on the worker's disk. */
export type Workspace = {
  /** The checkout. */
  repository: string;
  home: string;
  /** Unix sockets, the only things of the worker's that a build can talk to. */
  sockets: string;
  /** The user of the machine that the build runs as; null for the worker's own. */
  user: number | null;
  share: DiskShare;
  /** Has a server of the worker's listen on a socket of this name, for the build alone. */
  listen(server: Server, name: string): Promise<void>;
  dispose(): Promise<void>;
};

/** A fresh workspace; what an earlier build of this name left is gone. */
export async function createWorkspace(root: string, name: string, machine: Machine): Promise<Workspace> {
  const directory = join(root, name);
  if (existsSync(directory)) await removeTree(directory);
  const user = machine.users?.take() ?? null;
  const own = async (part: string) => {
    const path = join(directory, part);
    await mkdir(path, { recursive: true });
    if (user !== null) await chown(path, user, user);
    return path;
  };
  const [repository, home, sockets] = await Promise.all([own("repository"), own("home"), own("sockets")]);
  await chmod(directory, 0o700);
  // A socket's path has 108 bytes at the most, and the worker's directory may take all of them: an open file is short.
  const opened = await open(sockets);
  const share = await machine.disk.enter(directory);
  return {
    repository,
    home,
    sockets,
    user,
    share,
    async listen(server, socket) {
      const path = `/proc/self/fd/${opened.fd}/${socket}`;
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
      if (user !== null) await chown(path, user, user);
    },
    async dispose() {
      await opened.close();
      await removeTree(directory).finally(share.leave);
      if (user !== null) machine.users?.give(user);
    },
  };
}

/** Also what a build made to stay: directories deeper than any path, or closed to their owner. */
export async function removeTree(directory: string): Promise<void> {
  const remove = () => execa("rm", ["-rf", "--one-file-system", "--", directory]);
  await remove().catch(async () => {
    await execa("chmod", ["-R", "u+rwX", "--", directory], { reject: false });
    await remove();
  });
}

/**
 * A directory beneath the repository, as it is on disk now: symbolic links are followed and must not lead out.
 * @returns null when it is not there, or not beneath the root
 */
export async function resolveBeneath(root: string, directory: string): Promise<string | null> {
  const real = await realpath(join(root, directory)).catch(() => null);
  if (real === null) return null;
  const realRoot = await realpath(root);
  return isBeneath(realRoot, real) ? relative(realRoot, real) : null;
}

const readableBytes = 32 * 1024 * 1024;

/**
 * A text file of the checkout. A link that leads out of it counts as absent: this process can read files that no build
 * may see, its own environment among them. So does what is no file, or too large to be one of ours to read.
 */
export async function readBeneath(root: string, path: string): Promise<string | null> {
  const beneath = await resolveBeneath(root, path);
  if (beneath === null) return null;
  const realRoot = await realpath(root);
  // A pipe must not hold us up, and what became a link since it was resolved is not followed.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(realRoot, beneath), flags).catch(() => null);
  if (file === null) return null;
  try {
    // Asked of the open file: a directory above it may have become a link, too.
    const opened = await readlink(`/proc/self/fd/${file.fd}`);
    const found = await file.stat();
    if (!isBeneath(realRoot, opened) || !found.isFile() || found.size > readableBytes) return null;
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function isBeneath(root: string, path: string): boolean {
  const inside = relative(root, path);
  return !inside.startsWith("..") && !isAbsolute(inside);
}
