import "server-only";
import { findDeploymentForStream, type StreamedDeployment } from "@branchline/core/deployments/queries";
import { z } from "zod";
import { db } from "../db";
import type { SignedIn } from "../session";

/** A deployment for a member of its organization; null for everybody else, and for what is no id. */
export async function findStreamable(id: string, { userId }: SignedIn): Promise<StreamedDeployment | null> {
  const deploymentId = z.uuid().safeParse(id);
  if (!deploymentId.success) return null;
  return findDeploymentForStream(db(), { deploymentId: deploymentId.data, userId });
}
