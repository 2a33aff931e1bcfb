import { admitDeployments } from "@branchline/core/deployments/admit";
import type { Parts } from "../parts.ts";

/** Station 5. */
export async function deploymentAdmit({ db, doorbell, limits }: Parts): Promise<void> {
  await admitDeployments(db, doorbell, limits);
}
