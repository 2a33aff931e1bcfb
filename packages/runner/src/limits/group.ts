import { mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Controller, controllers, type Hierarchies, type Hierarchy } from "./hierarchies.ts";
import type { Limits } from "./limits.ts";

/** The processes of one step, whatever they fork, under the limits of a build. */
export type Group = {
  /** A process of one thread that writes 0 into each of these joins. */
  joins: string[];
  /** How often a limit was reached. */
  hits(): Promise<Record<"memory" | "processes" | "cpu", number>>;
  /** Ends what is still in it. */
  remove(): Promise<void>;
};

type Wanted = Pick<Limits, "memoryBytes" | "processes" | "cpus">;

const periodUs = 100_000;

/** The files that hold a limit, and the counter of how often it was reached, in both manners. */
const files: Record<
  Controller,
  Record<1 | 2, { settings(wanted: Wanted): [file: string, text: string][]; counter: [file: string, key: string] }>
> = {
  memory: {
    1: {
      settings: ({ memoryBytes }) => [
        ["memory.limit_in_bytes", String(memoryBytes)],
        ["memory.memsw.limit_in_bytes", String(memoryBytes)],
      ],
      counter: ["memory.oom_control", "oom_kill"],
    },
    2: {
      settings: ({ memoryBytes }) => [
        ["memory.max", String(memoryBytes)],
        ["memory.swap.max", "0"],
      ],
      counter: ["memory.events", "oom_kill"],
    },
  },
  pids: {
    1: { settings: ({ processes }) => [["pids.max", String(processes)]], counter: ["pids.events", "max"] },
    2: { settings: ({ processes }) => [["pids.max", String(processes)]], counter: ["pids.events", "max"] },
  },
  cpu: {
    1: {
      settings: ({ cpus }) => [
        ["cpu.cfs_period_us", String(periodUs)],
        ["cpu.cfs_quota_us", String(Math.round(cpus * periodUs))],
      ],
      counter: ["cpu.stat", "nr_throttled"],
    },
    2: {
      settings: ({ cpus }) => [["cpu.max", `${Math.round(cpus * periodUs)} ${periodUs}`]],
      counter: ["cpu.stat", "nr_throttled"],
    },
  },
};

/**
 * Where a thread joins by itself, the kernel need not wait until no process of the machine forks or ends, as it does for
 * whole processes: 8 ms and more. The second manner has no such file for groups that limit memory.
 */
const joining: Record<1 | 2, string> = { 1: "tasks", 2: "cgroup.procs" };

/** Not there on a machine that has no swap to count. */
const optional = new Set(["memory.memsw.limit_in_bytes", "memory.swap.max"]);

let made = 0;

/** @throws Error when a limit can't be set */
export async function openGroup(hierarchies: Hierarchies, wanted: Wanted): Promise<Group> {
  made += 1;
  const name = `branchline-${process.pid}-${made}`;
  const places = controllers.flatMap((controller) => {
    const hierarchy = hierarchies[controller];
    return hierarchy === undefined
      ? []
      : [{ controller, version: hierarchy.version, directory: join(hierarchy.directory, name) }];
  });
  const directories = [...new Set(places.map(({ directory }) => directory))];
  const joins = [...new Set(places.map(({ version, directory }) => join(directory, joining[version])))];
  await Promise.all(directories.map((directory) => mkdir(directory)));
  await Promise.all(
    places.map(async ({ controller, version, directory }) => {
      for (const [file, text] of files[controller][version].settings(wanted)) {
        await writeFile(join(directory, file), text).catch((error: unknown) => {
          if (!optional.has(file)) throw error;
        });
      }
    }),
  );

  async function count(controller: Controller): Promise<number> {
    const place = places.find((each) => each.controller === controller);
    if (place === undefined) return 0;
    const [file, key] = files[controller][place.version].counter;
    const text = await readFile(join(place.directory, file), "utf8");
    return Number(new RegExp(`^${key} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  }

  return {
    joins,
    async hits() {
      const [memory, processes, cpu] = await Promise.all([count("memory"), count("pids"), count("cpu")]);
      return { memory, processes, cpu };
    },
    async remove() {
      for (const directory of directories) await removeGroup(directory);
    },
  };
}

const removalMs = 5_000;

/** A group can be removed when its last process is gone, which takes a moment after its end. */
async function removeGroup(directory: string): Promise<void> {
  const end = performance.now() + removalMs;
  for (;;) {
    const error = await rmdir(directory).catch((refused: unknown) => refused);
    if (error === undefined || performance.now() > end) return;
    const pids = (await readFile(join(directory, "cgroup.procs"), "utf8")).split("\n").map(Number);
    // What is out of sight is shown as 0, which to kill would mean ourselves.
    for (const pid of pids.filter((each) => each > 0)) kill(pid);
    await pause(10);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

/** Removes what workers that are no more have left. */
export async function removeOldGroups(hierarchies: Hierarchies): Promise<void> {
  const bases = new Set(Object.values(hierarchies).map(({ directory }: Hierarchy) => directory));
  for (const base of bases) {
    const names = await readdir(base);
    for (const name of names) {
      const owner = /^branchline-(\d+)-\d+$/.exec(name)?.[1];
      if (owner !== undefined && !(await isAlive(owner))) await rmdir(join(base, name)).catch(() => undefined);
    }
  }
}

const isAlive = (pid: string) =>
  readFile(`/proc/${pid}/stat`).then(
    () => true,
    () => false,
  );
