import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** A time to sleep, in seconds, that nobody else on this machine sleeps: several tests may run at once. */
export const newNap = () => String(100_000 + Math.floor(Math.random() * 900_000));

/** Processes of this machine that sleep for that long, inside a sandbox or not. */
export const sleepers = (nap: string) => processes((argv) => argv.startsWith(`sleep\u0000${nap}\u0000`));

/** Processes of this machine that have the text in their command, inside a sandbox or not. */
export const processesAbout = (text: string) => processes((argv) => argv.includes(text));

async function processes(isMeant: (argv: string) => boolean): Promise<{ pid: number; user: number }[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => processAt(`/proc/${pid}`, isMeant).catch(() => null)));
  return found.filter((one) => one !== null);
}

async function processAt(directory: string, isMeant: (argv: string) => boolean) {
  if (!isMeant(await readFile(join(directory, "cmdline"), "utf8"))) return null;
  return { pid: Number(basename(directory)), user: (await stat(directory)).uid };
}
