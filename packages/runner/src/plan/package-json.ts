import { join } from "node:path";
import { z } from "zod";
import { readBeneath } from "../workspace.ts";

const versions = z.record(z.string(), z.string()).catch({});

const PackageJson = z.object({
  scripts: versions,
  dependencies: versions,
  devDependencies: versions,
  packageManager: z.string().optional().catch(undefined),
  engines: z.object({ node: z.string().optional() }).catch({}),
  version: z.string().optional().catch(undefined),
  bin: z.union([z.string(), versions]).optional().catch(undefined),
});
export type PackageJson = z.infer<typeof PackageJson>;

/** Null when there is none, or none that can be read: npm then says more about it than we could. */
export async function readPackageJson(root: string, directory: string): Promise<PackageJson | null> {
  const text = await readBeneath(root, join(directory, "package.json"));
  if (text === null) return null;
  try {
    return PackageJson.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
