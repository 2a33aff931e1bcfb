import { join } from "node:path";
import semver from "semver";
import { inside } from "../sandbox/layout.ts";
import type { Workspace } from "../workspace.ts";
import { readPackageJson } from "./package-json.ts";
import { upwards } from "./package-manager.ts";
import type { BuildPlan } from "./plan.ts";

export type Cli = { name: "osls" | "serverless"; version: string; path: string };

/**
 * Why a CLI can't deploy here; null when it can. Version 4 of serverless is a downloader: its program comes from its maker's
 * server when it runs, asks that server for a license, and loads no code of ours. So nothing could keep it from changing a
 * stack that is another deployment's by then, and nobody would know what it was about to deploy.
 */
export function refusalOfCli(cli: Pick<Cli, "name" | "version"> | null): string | null {
  if (cli?.name !== "serverless" || semver.validRange(cli.version) === null) return null;
  if ((semver.minVersion(cli.version)?.major ?? 0) < 4) return null;
  return `package.json pins serverless ${cli.version}, a licensed program that Branchline can't run yet. Pin osls 4, which takes the same serverless.yml, or serverless 3.`;
}

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
