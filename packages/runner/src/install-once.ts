import { createHash, randomUUID } from "node:crypto";
import { access, cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";

/**
 * Installs a manifest with its lock file beneath a directory, once per lock file; a second worker that comes at the same
 * time uses the first one's.
 * @returns the directory that holds node_modules
 */
export async function installOnce(manifest: string, beneath: string): Promise<string> {
  const lock = await readFile(join(manifest, "package-lock.json"), "utf8");
  const directory = join(beneath, createHash("sha256").update(lock).digest("hex").slice(0, 12));
  if (await exists(directory)) return directory;
  const fresh = `${directory}.${randomUUID()}`;
  await mkdir(fresh, { recursive: true });
  await cp(manifest, fresh, { recursive: true });
  await execa("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: fresh });
  await rename(fresh, directory).catch(() => rm(fresh, { recursive: true, force: true }));
  return directory;
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
