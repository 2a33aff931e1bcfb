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
  launcher: "/opt/branchline/launch.ts",
  credentials: "/opt/branchline/credentials.ts",
  plugin: "/opt/branchline-plugin",
  caFile: "/opt/certificate-authorities.pem",
  /** Private to the step, in memory. */
  run: "/run/branchline",
  sockets: "/run/branchline/sockets",
  proxyPort: 3128,
} as const;

const insideSources = join(dirname(fileURLToPath(import.meta.url)), "..", "inside");
const pluginSources = dirname(fileURLToPath(import.meta.resolve("@branchline/serverless-plugin/preload")));

/**
 * bwrap's arguments: namespaces of its own, no capability, and of the host only /usr, what resolves its links, the
 * toolchain and the workspace. Nothing secret: anybody inside can read them.
 */
export function bwrapArguments(workspace: Workspace, toolchain: Toolchain, node: string): string[] {
  const readOnly = (from: string, to: string = from) => ["--ro-bind", from, to];
  const readOnlyIfThere = (path: string) => ["--ro-bind-try", path, path];
  return [
    ...["--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000", "--hostname", "build"],
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL"],
    ...readOnly("/usr"),
    ...["bin", "lib", "lib64", "sbin"].flatMap((name) => ["--symlink", `usr/${name}`, `/${name}`]),
    ...["/etc/alternatives", "/etc/ld.so.cache", "/etc/ssl/certs"].flatMap(readOnlyIfThere),
    ...["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/run", "--dir", inside.run],
    ...readOnly(join(toolchain.directory, "node_modules"), inside.tools),
    ...readOnly(node, inside.node),
    ...readOnly(toolchain.node, inside.workerNode),
    ...readOnly(toolchain.caFile, inside.caFile),
    ...readOnly(toolchain.accountsFile, "/etc/passwd"),
    ...readOnly(toolchain.hostsFile, "/etc/hosts"),
    ...readOnly(insideSources, dirname(inside.launcher)),
    ...readOnly(pluginSources, inside.plugin),
    ...["--bind", workspace.repository, inside.repository],
    ...["--bind", workspace.home, inside.home],
    // A socket is talked to, not written: a build can't take the place of one.
    ...readOnly(workspace.sockets, inside.sockets),
    ...["--chdir", inside.repository],
    ...["--", inside.workerNode, "--disable-warning=ExperimentalWarning", inside.launcher],
  ];
}
