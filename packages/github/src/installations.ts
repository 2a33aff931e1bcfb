import type { Connection } from "./connection.ts";
import { findOnGithub } from "./unavailable.ts";

export type InstallationState = { isSuspended: boolean };

/** What an installation is at this moment; null when it is gone. */
export function findInstallation({ app }: Connection, githubId: bigint): Promise<InstallationState | null> {
  return findOnGithub("read the installation", async () => {
    const { data } = await app.request("GET /app/installations/{installation_id}", {
      installation_id: Number(githubId),
    });
    return { isSuspended: data.suspended_at !== null };
  });
}
