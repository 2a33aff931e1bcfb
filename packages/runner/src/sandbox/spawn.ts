import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { seccompFilter } from "../seccomp/filter.ts";
import type { Architecture } from "../seccomp/system-calls.ts";
import { inside } from "./layout.ts";
import type { SandboxPart } from "./machine.ts";

export type Confinement = {
  /** What the machine gives of a sandbox; the rest is left out. */
  parts: ReadonlySet<SandboxPart>;
  /** The user of the machine that it runs as; null for the worker's own. */
  user: number | null;
  /** bwrap's arguments for the files that it sees. */
  files: readonly string[];
  /** Of the groups that limit it. */
  joins: readonly string[];
  /** Whole blocks of 512. */
  fileBytes: number;
};

export type Confined = ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };

const megabytes = 1024 * 1024;
const inMemory = (path: string, size: number) => ["--size", String(size * megabytes), "--tmpfs", path];

/** Namespaces, a user without a capability, and its own /proc, /dev, /tmp and /run. Nothing else can be written to. */
function namespaces(parts: Confinement["parts"]): string[] {
  return [
    ...["--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000", "--hostname", "build"],
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL"],
    ...(parts.has("nested_users") ? ["--disable-userns"] : []),
    ...(parts.has("system_calls") ? ["--seccomp", String(filterFile)] : []),
    ...["--proc", "/proc", "--dev", "/dev"],
    ...[...inMemory("/tmp", 1024), ...inMemory("/run", 64), ...inMemory("/dev/shm", 256)],
    ...["--dir", inside.run, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"],
  ];
}

/** The file that bwrap reads the filter from. */
const filterFile = 3;
const filter = seccompFilter(process.arch as Architecture);

/** What a shell counts the size of files in. */
const blockBytes = 512;

/** Joins the groups before anything else, so that whatever is forked later is in them. */
function limited({ joins, fileBytes }: Confinement): string[] {
  const limit = `ulimit -c 0 && ulimit -f ${fileBytes / blockBytes} || exit 125`;
  const join = 'until [ "$1" = -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; exec "$@"';
  return ["/bin/sh", "-c", `${limit}; ${join}`, "sandbox", ...joins, "--"];
}

/**
 * Where the worker is root, two bwraps stand in each other: the outer one opens the files to a user that could not reach
 * them, the inner one is that user's and makes the sandbox. So root is nobody inside, not even behind a namespace.
 */
function walled({ parts, user, files }: Confinement): string[] {
  if (user === null) return ["/usr/bin/bwrap", ...files, ...namespaces(parts), "--"];
  return [
    // With processes of its own: what ends with them is ended by the kernel, also by a root that has given up its power to.
    ...["/usr/bin/bwrap", "--unshare-pid", "--die-with-parent", ...files, "--dir", "/tmp", "--dir", "/run"],
    ...["--bind", "/proc", "/proc", "--dev-bind", "/dev", "/dev", "--"],
    ...["/usr/bin/setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups"],
    ...["--inh-caps=-all", "--bounding-set=-all", "--"],
    ...["/usr/bin/bwrap", "--bind", "/", "/", ...namespaces(parts), "--"],
  ];
}

/** bwrap shows its own environment to everybody inside, whatever its options say; so it gets none. */
export function spawnConfined(confinement: Confinement, program: readonly string[]): Confined {
  const [command = "", ...rest] = [...limited(confinement), ...walled(confinement), ...program];
  const child = spawn(command, rest, { env: {}, stdio: ["pipe", "pipe", "pipe", "pipe"] });
  const filterInput = child.stdio[filterFile] as Writable;
  // A bwrap that ends before it reads says itself why.
  filterInput.on("error", () => undefined).end(filter);
  return child as Confined;
}
