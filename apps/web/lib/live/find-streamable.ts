import "server-only";
import { findDeploymentForStream, type StreamedDeployment } from "@branchline/core/deployments/queries";
import { z } from "zod";
import { db } from "../db";
import { findSession } from "../session";

/** A deployment for a member of its organization; null for everybody else, signed in or not, and for what is no id. */
export async function findStreamable(id: string): Promise<StreamedDeployment | null> {
  const deploymentId = z.uuid().safeParse(id);
  if (!deploymentId.success) return null;
  const user = await findSession();
  if (user === null) return null;
  return findDeploymentForStream(db(), { deploymentId: deploymentId.data, userId: user.userId });
}
