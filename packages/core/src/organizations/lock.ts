import type { Tx } from "@branchline/db";

/** Holds the organization's row until the transaction ends, for a rule about several rows of it (the last owner stays). */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM organizations WHERE id = ${organizationId}::uuid FOR UPDATE`;
}
