import { open, readdir, stat } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { removeTree } from "./workspace.ts";

/** A workspace that is younger may not listen yet. */
const graceMs = 60_000;

/** Removes what the builds of workers that died have left. A build that lives has a proxy that answers. */
export async function removeLeftWorkspaces(root: string): Promise<void> {
  for (const name of await readdir(root).catch(() => [])) {
    const directory = join(root, name);
    const { mtimeMs } = await stat(directory);
    if (Date.now() - mtimeMs < graceMs || (await isAnswered(join(directory, "sockets")))) continue;
    await removeTree(directory);
  }
}

/** By way of an open file: a socket's path has 108 bytes at the most. */
async function isAnswered(sockets: string): Promise<boolean> {
  const opened = await open(sockets).catch(() => null);
  if (opened === null) return false;
  const socket = connect(`/proc/self/fd/${opened.fd}/egress.sock`);
  try {
    return await new Promise((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
  } finally {
    socket.destroy();
    await opened.close();
  }
}
