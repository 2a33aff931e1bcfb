import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

export const controllers = ["memory", "pids", "cpu"] as const;
export type Controller = (typeof controllers)[number];

/** A folder of the kernel's in which groups for a controller can be made, in the first or the second manner of cgroups. */
export type Hierarchy = { directory: string; version: 1 | 2 };

export type Hierarchies = Partial<Record<Controller, Hierarchy>>;

/** Where this process stands in each controller's tree. What it makes there is limited by its own limits as well. */
export async function findHierarchies(): Promise<Hierarchies> {
  const [mounts, memberships] = await Promise.all([
    readFile("/proc/self/mountinfo", "utf8"),
    readFile("/proc/self/cgroup", "utf8"),
  ]);
  const second = placeOf(mounts, memberships, null);
  const base = second === null ? null : baseOf(second);
  const delegated = base === null ? [] : await delegate(base);
  const found: Hierarchies = {};
  for (const controller of controllers) {
    const first = placeOf(mounts, memberships, controller);
    if (first !== null) found[controller] = { directory: first, version: 1 };
    else if (base !== null && delegated.includes(controller)) found[controller] = { directory: base, version: 2 };
  }
  return found;
}

/**
 * This process's folder, by /proc/self/mountinfo and /proc/self/cgroup; null where there is none.
 * @param controller of the first manner; null for the one folder of the second
 */
export function placeOf(mounts: string, memberships: string, controller: Controller | null): string | null {
  const path = membershipOf(memberships, controller);
  const mount = mounts
    .split("\n")
    .map(parseMount)
    .find((each) => holds(each, controller));
  if (path === undefined || mount === undefined) return null;
  // A container's own folder is mounted as the root; its path is the host's, or "/".
  const beneath = mount.root !== "/" && path.startsWith(mount.root) ? path.slice(mount.root.length) : path;
  return resolve(mount.point, `.${beneath}`);
}

/** Lines such as "4:memory:/a/b", and "0::/a/b" for the second manner. */
function membershipOf(memberships: string, controller: Controller | null): string | undefined {
  const lines = memberships.split("\n").map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  return lines.find((match) => match?.[1]?.split(",").includes(controller ?? ""))?.[2];
}

type Mount = { root: string; point: string; type: string; options: string[] };

/** "36 35 0:31 ROOT POINT rw,relatime shared:1 - TYPE SOURCE OPTIONS" */
function parseMount(line: string): Mount {
  const [before = "", after = ""] = line.split(" - ");
  const [, , , root = "", point = ""] = before.split(" ");
  const [type = "", , options = ""] = after.split(" ");
  return { root, point, type, options: options.split(",") };
}

function holds({ type, options }: Mount, controller: Controller | null): boolean {
  return controller === null ? type === "cgroup2" : type === "cgroup" && options.includes(controller);
}

/** The kernel gives controllers to the folders beneath one only when no process is in it itself; so the worker moves. */
const ownFolder = "branchline-worker";

const baseOf = (directory: string) => (basename(directory) === ownFolder ? dirname(directory) : directory);

/** Hands the controllers on to the folders beneath one. @returns those that could be */
async function delegate(base: string): Promise<Controller[]> {
  const available = await readFile(join(base, "cgroup.controllers"), "utf8").catch(() => "");
  const wanted = controllers.filter((controller) => available.trim().split(" ").includes(controller));
  const hand = () => writeFile(join(base, "cgroup.subtree_control"), wanted.map((each) => `+${each}`).join(" "));
  try {
    await hand().catch(async () => {
      await moveOut(base);
      await hand();
    });
    return wanted;
  } catch {
    return [];
  }
}

async function moveOut(base: string): Promise<void> {
  await mkdir(join(base, ownFolder), { recursive: true });
  const pids = (await readFile(join(base, "cgroup.procs"), "utf8")).split("\n").filter((pid) => pid !== "");
  // One that has ended meanwhile can't be moved, and needs not be.
  await Promise.allSettled(pids.map((pid) => writeFile(join(base, ownFolder, "cgroup.procs"), pid)));
}
