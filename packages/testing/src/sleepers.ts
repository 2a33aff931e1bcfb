import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** A time to sleep, in seconds, that nobody else on this machine sleeps: several tests may run at once. */
export const newNap = () => String(100_000 + Math.floor(Math.random() * 900_000));

/** Processes of this machine that sleep for that long, inside a sandbox or not. */
export async function sleepers(nap: string): Promise<{ pid: number; user: number }[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => sleeperOf(`/proc/${pid}`, nap).catch(() => null)));
  return found.filter((sleeper) => sleeper !== null);
}

async function sleeperOf(directory: string, nap: string): Promise<{ pid: number; user: number } | null> {
  const line = await readFile(join(directory, "cmdline"), "utf8");
  if (!line.startsWith(`sleep\u0000${nap}\u0000`)) return null;
  return { pid: Number(basename(directory)), user: (await stat(directory)).uid };
}
