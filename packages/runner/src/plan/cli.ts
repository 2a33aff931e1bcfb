import { join } from "node:path";
import { inside } from "../sandbox/layout.ts";
import type { Workspace } from "../workspace.ts";
import { readPackageJson } from "./package-json.ts";
import { upwards } from "./package-manager.ts";
import type { BuildPlan } from "./plan.ts";

export type Cli = { name: "osls" | "serverless"; version: string; path: string };

/** The installed CLI nearest to the service, as Node would resolve it; ours when package.json pins none. */
export async function findCli({ repository }: Workspace, { pinnedCli, baseDirectory }: BuildPlan): Promise<Cli> {
  if (pinnedCli !== null) {
    for (const directory of upwards(baseDirectory)) {
      const place = join(directory, "node_modules", pinnedCli);
      const manifest = await readPackageJson(repository, place);
      if (manifest?.version === undefined) continue;
      const bin = typeof manifest.bin === "string" ? manifest.bin : (manifest.bin?.serverless ?? "bin/serverless.js");
      return { name: pinnedCli, version: manifest.version, path: join(inside.repository, place, bin) };
    }
  }
  return { name: "osls", version: "4", path: `${inside.tools}/osls/bin/serverless.js` };
}
