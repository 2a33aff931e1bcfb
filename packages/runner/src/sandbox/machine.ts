import { once } from "node:events";
import { access } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { systemFiles } from "./layout.ts";
import { type Confinement, spawnConfined } from "./spawn.ts";
import { createUsers, type UserRange } from "./users.ts";

export const sandboxParts = ["own_user", "nested_users", "system_calls"] as const;
export type SandboxPart = (typeof sandboxParts)[number];

/** What this machine gives a sandbox. */
export type Machine = {
  parts: ReadonlySet<SandboxPart>;
  /** Null where builds run as the worker's own user, who is not root. */
  users: ReturnType<typeof createUsers> | null;
  /** What it does not give, each part in a sentence. */
  missing: string[];
};

/** No program gives these ids away: systemd leaves them free on purpose. */
export const buildUsers: UserRange = [1_879_048_192, 2_147_483_647];

const isRoot = process.getuid?.() === 0;

/** What each part is for, and a program that succeeds inside only where it holds. */
const trials: Record<SandboxPart, { sentence: string; proof: string }> = {
  // What is root's has no name for a user that is not root, on whichever side of a namespace.
  own_user: { sentence: "builds can't run as a user of their own", proof: 'test "$(stat -c %u /usr)" != 1000' },
  nested_users: { sentence: "builds can make user namespaces", proof: "! unshare --user true 2>&1" },
  system_calls: {
    sentence: "builds can make every system call",
    proof: "grep -q '^Seccomp:[[:space:]]*2' /proc/self/status",
  },
};

/**
 * Tries each part of a sandbox for real.
 * @returns null and why where there can be none at all
 */
export async function prepareMachine(range: UserRange): Promise<{ machine: Machine | null; missing: string[] }> {
  const obstacle = await obstacleToAll();
  if (obstacle !== null) return { machine: null, missing: [obstacle] };
  const { parts, missing } = await tryParts(isRoot ? createUsers(range).take() : null);
  const users = isRoot && parts.has("own_user") ? createUsers(range) : null;
  return { machine: { parts, users, missing }, missing };
}

async function obstacleToAll(): Promise<string | null> {
  for (const program of ["/usr/bin/bwrap", "/usr/bin/setpriv"]) {
    const isThere = await access(program).then(
      () => true,
      () => false,
    );
    if (!isThere) return `${program} is not there: install Debian's packages bubblewrap and util-linux`;
  }
  const failure = await attempt({ parts: new Set(), user: null }, "true");
  return failure === null ? null : `bubblewrap can't make namespaces here: ${failure}`;
}

/** @param user of the machine, which a worker that is root can become */
async function tryParts(user: number | null): Promise<{ parts: Set<SandboxPart>; missing: string[] }> {
  const parts = new Set<SandboxPart>();
  const missing: string[] = [];
  for (const part of sandboxParts) {
    const { sentence, proof } = trials[part];
    const wider = new Set([...parts, part]);
    const failure = await attempt({ parts: wider, user: wider.has("own_user") ? user : null }, proof);
    if (failure === null) parts.add(part);
    else missing.push(failure === "" ? sentence : `${sentence}: ${failure}`);
  }
  return { parts, missing };
}

/** Null when the proof holds, else what was said. */
async function attempt(confinement: Omit<Confinement, "files">, proof: string): Promise<string | null> {
  const child = spawnConfined({ ...confinement, files: systemFiles }, ["/bin/sh", "-c", proof]);
  child.stdin.end();
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close"), text(child.stdout)]);
  return code === 0 ? null : said.trim();
}
