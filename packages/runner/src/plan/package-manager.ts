import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inside } from "../sandbox/layout.ts";
import { readBeneath } from "../workspace.ts";

export type PackageManagerName = "npm" | "pnpm" | "yarn" | "yarn-berry";

export type PackageManager = {
  name: PackageManagerName;
  /** Null without a lock file. */
  lockFile: string | null;
  /** Where the lock file is, relative to the repository: the root of a workspace, or the service itself. */
  directory: string;
};

const lockFiles = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
] as const;

/** The nearest lock file decides, from the service's directory up to the repository's root. */
export async function findPackageManager(root: string, baseDirectory: string): Promise<PackageManager> {
  for (const directory of upwards(baseDirectory)) {
    for (const [lockFile, name] of lockFiles) {
      const path = join(directory, lockFile);
      if (await exists(join(root, path))) return { name: await flavour(name, root, path), lockFile: path, directory };
    }
  }
  return { name: "npm", lockFile: null, directory: baseDirectory };
}

/** "a/b" → "a/b", "a", "". */
export function upwards(directory: string): string[] {
  if (directory === "") return [""];
  const parent = dirname(directory);
  return [directory, ...upwards(parent === "." ? "" : parent)];
}

/** Yarn 2 and later write another lock file under the same name. */
async function flavour(name: "npm" | "pnpm" | "yarn", root: string, path: string): Promise<PackageManagerName> {
  if (name !== "yarn") return name;
  return (await readBeneath(root, path))?.includes("__metadata:") ? "yarn-berry" : "yarn";
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const programs: Record<PackageManagerName, string[]> = {
  npm: ["npm"],
  pnpm: ["pnpm"],
  yarn: [inside.node, `${inside.tools}/yarn/bin/yarn.js`],
  "yarn-berry": [inside.node, `${inside.tools}/@yarnpkg/cli-dist/bin/yarn.js`],
};

const installs: Record<PackageManagerName, string[]> = {
  npm: ["ci"],
  pnpm: ["install", "--frozen-lockfile"],
  yarn: ["install", "--frozen-lockfile", "--non-interactive"],
  "yarn-berry": ["install", "--immutable"],
};

export function installCommand({ name, lockFile }: PackageManager): string[] {
  return lockFile === null ? ["npm", "install", "--no-package-lock"] : [...programs[name], ...installs[name]];
}

export function testCommand({ name }: PackageManager): string[] {
  return [...programs[name], "test"];
}
