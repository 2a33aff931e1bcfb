import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Toolchain } from "../toolchain.ts";
import type { Workspace } from "../workspace.ts";

/** Where things stand inside. */
export const inside = {
  repository: "/workspace",
  home: "/home/build",
  tools: "/opt/tools/node_modules",
  /** What the build's own programs run on. */
  node: "/opt/node/bin/node",
  /** What our own files run on. */
  workerNode: "/opt/branchline-node/node",
  launcher: "/opt/branchline/launch.cjs",
  credentials: "/opt/branchline/credentials.mjs",
  plugin: "/opt/branchline-plugin",
  caFile: "/opt/certificate-authorities.pem",
  sockets: "/opt/branchline-sockets",
  /** Private to the step, in memory. */
  run: "/run/branchline",
  proxyPort: 3128,
} as const;

const insideSources = join(dirname(fileURLToPath(import.meta.url)), "..", "inside");
const pluginSources = dirname(fileURLToPath(import.meta.resolve("@branchline/serverless-plugin/preload")));

/** The machine's programs and libraries: all that a step needs to run at all. */
export const systemFiles = [
  ...["--ro-bind", "/usr", "/usr"],
  ...["bin", "lib", "lib64", "sbin"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]),
];

/** bwrap's arguments for the files of the host that a build sees: the system's, the toolchain, and its workspace. */
export function buildFiles(workspace: Workspace, toolchain: Toolchain, node: string): string[] {
  const writable = [
    [workspace.repository, inside.repository],
    [workspace.home, inside.home],
  ] as const;
  const readOnly = [
    [join(toolchain.directory, "node_modules"), inside.tools],
    [node, inside.node],
    [toolchain.node, inside.workerNode],
    [toolchain.caFile, inside.caFile],
    [toolchain.accountsFile, "/etc/passwd"],
    [toolchain.hostsFile, "/etc/hosts"],
    [insideSources, dirname(inside.launcher)],
    [pluginSources, inside.plugin],
    // A socket is talked to, not written: a build can't take the place of one.
    [workspace.sockets, inside.sockets],
  ] as const;
  const wherePresent = ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ssl/certs"];
  const places = [...[...writable, ...readOnly].map(([, to]) => to), ...wherePresent];
  return [
    ...systemFiles,
    ...parentsOf(places).flatMap((directory) => ["--dir", directory]),
    ...wherePresent.flatMap((path) => ["--ro-bind-try", path, path]),
    ...readOnly.flatMap(([from, to]) => ["--ro-bind", from, to]),
    ...writable.flatMap(([from, to]) => ["--bind", from, to]),
  ];
}

/** Every directory above some paths, the outer ones first: bwrap would make them for its own user alone. */
function parentsOf(paths: readonly string[]): string[] {
  const above = (path: string): string[] => {
    const parent = dirname(path);
    return parent === "/" ? [] : [...above(parent), parent];
  };
  return [...new Set(paths.flatMap(above))];
}
