import { once } from "node:events";
import { access } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { type Disk, watchDisk } from "../limits/disk.ts";
import { type Group, openGroup, removeOldGroups } from "../limits/group.ts";
import { type Controller, findHierarchies, type Hierarchies } from "../limits/hierarchies.ts";
import type { Limits } from "../limits/limits.ts";
import { systemFiles } from "./layout.ts";
import { type Confinement, spawnConfined } from "./spawn.ts";
import { createUsers, type UserRange } from "./users.ts";

export const sandboxParts = ["own_user", "nested_users", "system_calls", "memory", "processes", "cpu"] as const;
export type SandboxPart = (typeof sandboxParts)[number];

/** What this machine gives a sandbox. */
export type Machine = {
  parts: ReadonlySet<SandboxPart>;
  /** Null where builds run as the worker's own user, who is not root. */
  users: ReturnType<typeof createUsers> | null;
  /** Those whose limits hold. */
  hierarchies: Hierarchies;
  limits: Limits;
  disk: Disk;
  /** What it does not give, each part in a sentence. */
  missing: string[];
};

export type MachineOptions = {
  users: UserRange;
  limits: Limits;
  /** What must stay free of the disk. */
  reserveBytes: number;
};

/** No program gives these ids away: systemd leaves them free on purpose. */
export const buildUsers: UserRange = [1_879_048_192, 2_147_483_647];

const isRoot = process.getuid?.() === 0;

/**
 * Tries each part of a sandbox for real.
 * @returns null and why where there can be none at all
 */
export async function prepareMachine(options: MachineOptions): Promise<{ machine: Machine | null; missing: string[] }> {
  const obstacle = await obstacleToAll();
  if (obstacle !== null) return { machine: null, missing: [obstacle] };
  const hierarchies = await findHierarchies();
  await removeOldGroups(hierarchies);
  const walls = await tryWalls(isRoot ? createUsers(options.users).take() : null);
  const limits = await tryLimits(hierarchies);
  const parts = new Set([...walls.parts, ...limits.parts]);
  const missing = [...walls.missing, ...limits.missing];
  const held = Object.entries(hierarchies).filter(([controller]) => parts.has(partOf[controller as Controller]));
  return {
    machine: {
      parts,
      users: isRoot && parts.has("own_user") ? createUsers(options.users) : null,
      hierarchies: Object.fromEntries(held),
      limits: options.limits,
      disk: watchDisk({ ...options.limits, reserveBytes: options.reserveBytes }),
      missing,
    },
    missing,
  };
}

async function obstacleToAll(): Promise<string | null> {
  for (const program of ["/usr/bin/bwrap", "/usr/bin/setpriv"]) {
    const isThere = await access(program).then(
      () => true,
      () => false,
    );
    if (!isThere) return `${program} is not there: install Debian's packages bubblewrap and util-linux`;
  }
  const { said, code } = await attempt({}, "true");
  return code === 0 ? null : `bubblewrap can't make namespaces here: ${said}`;
}

type Found = { parts: SandboxPart[]; missing: string[] };

const walls = ["own_user", "nested_users", "system_calls"] as const satisfies SandboxPart[];

/** What is missing without each, and a program that succeeds inside only where it holds. */
const wallTrials: Record<(typeof walls)[number], { sentence: string; proof: string }> = {
  // What is root's has no name for a user that is not root, on whichever side of a namespace.
  own_user: { sentence: "builds can't run as a user of their own", proof: 'test "$(stat -c %u /usr)" != 1000' },
  nested_users: { sentence: "builds can make user namespaces", proof: "! unshare --user true 2>&1" },
  system_calls: {
    sentence: "builds can make every system call",
    proof: "grep -q '^Seccomp:[[:space:]]*2' /proc/self/status",
  },
};

/** @param user of the machine, which a worker that is root can become */
async function tryWalls(user: number | null): Promise<Found> {
  const found: Found = { parts: [], missing: [] };
  for (const part of walls) {
    const { sentence, proof } = wallTrials[part];
    const parts = new Set([...found.parts, part]);
    const { said, code } = await attempt({ parts, user: parts.has("own_user") ? user : null }, proof);
    if (code === 0) found.parts.push(part);
    else found.missing.push(said === "" ? sentence : `${sentence}: ${said}`);
  }
  return found;
}

const partOf = { memory: "memory", pids: "processes", cpu: "cpu" } as const satisfies Record<Controller, SandboxPart>;

const lookMs = 10;
const narrow = { memoryBytes: 64 * 1024 * 1024, processes: 16, cpus: 0.05 };

/** What is missing without each, and a program that reaches the narrow limits, however little time it is given. */
const limitTrials: Record<Controller, { sentence: string; waste: string }> = {
  memory: { sentence: "the memory of builds can't be limited", waste: "dd if=/dev/zero of=/dev/null bs=256M count=1" },
  pids: {
    sentence: "the processes of builds can't be limited",
    waste: "i=0; while [ $i -lt 32 ]; do sleep 9 & i=$((i+1)); done",
  },
  cpu: { sentence: "the cores of builds can't be limited", waste: "i=0; while [ $i -lt 999999 ]; do i=$((i+1)); done" },
};

async function tryLimits(hierarchies: Hierarchies): Promise<Found> {
  const controllers = Object.keys(limitTrials) as Controller[];
  const failures = await Promise.all(
    controllers.map((controller) => tryLimit(hierarchies, controller).catch((error: Error) => error.message)),
  );
  return {
    parts: controllers.filter((_, place) => failures[place] === null).map((controller) => partOf[controller]),
    missing: controllers.flatMap((controller, place) =>
      failures[place] === null ? [] : [`${limitTrials[controller].sentence}: ${failures[place]}`],
    ),
  };
}

async function tryLimit(hierarchies: Hierarchies, controller: Controller): Promise<string | null> {
  const hierarchy = hierarchies[controller];
  if (hierarchy === undefined) return `there is no cgroup with ${controller} that this user may make groups in`;
  const group = await openGroup({ [controller]: hierarchy }, narrow);
  const wasting = attempt({ joins: group.joins }, limitTrials[controller].waste);
  try {
    return (await isReached(group, controller, wasting)) ? null : "more was used, and nothing happened";
  } finally {
    await group.remove();
    await wasting;
  }
}

/** Settles as soon as the limit is reached, or when what was to reach it has ended. */
async function isReached(group: Group, controller: Controller, wasting: Promise<unknown>): Promise<boolean> {
  for (;;) {
    const isOver = await Promise.race([wasting.then(() => true), pause(lookMs, false)]);
    const hits = await group.hits();
    if (hits[partOf[controller]] > 0 || isOver) return hits[partOf[controller]] > 0;
  }
}

async function attempt(confinement: Partial<Confinement>, program: string): Promise<{ said: string; code: number }> {
  const plain = { parts: new Set<SandboxPart>(), user: null, files: systemFiles, joins: [], fileBytes: 1024 * 1024 };
  const child = spawnConfined({ ...plain, ...confinement }, ["/bin/sh", "-c", program]);
  child.stdin.end();
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close"), text(child.stdout)]);
  return { said: said.trim(), code };
}
