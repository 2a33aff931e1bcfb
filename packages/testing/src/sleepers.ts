import { readdir, readFile } from "node:fs/promises";

/** A time to sleep, in seconds, that nobody else on this machine sleeps: several tests may run at once. */
export const newNap = () => String(100_000 + Math.floor(Math.random() * 900_000));

/** Processes of this machine that sleep for that long, inside a sandbox or not. */
export async function sleepers(nap: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((line) => line.startsWith(`sleep\u0000${nap}\u0000`));
}
