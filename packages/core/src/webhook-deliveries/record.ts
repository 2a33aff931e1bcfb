import { type Db, Prisma } from "@branchline/db";

export type NewDelivery = {
  /** X-GitHub-Delivery. */
  deliveryId: string;
  event: string;
  action: string | null;
  /** The JSON text that GitHub signed. */
  body: string;
  bodySha256: string;
  installationGithubId: bigint | null;
  repositoryGithubId: bigint | null;
};

/**
 * Stores a delivery once; the same delivery id again changes nothing.
 * Raw SQL, because a cast from text is half again as fast as a JSON column through the client.
 */
export async function recordDelivery(db: Db, delivery: NewDelivery): Promise<{ recorded: boolean }> {
  const rows = await db.$executeRaw(Prisma.sql`
    INSERT INTO webhook_deliveries
      (id, event, action, body, body_sha256, installation_github_id, repository_github_id)
    VALUES
      (${delivery.deliveryId}, ${delivery.event}, ${delivery.action}, ${delivery.body}::jsonb,
       ${delivery.bodySha256}, ${delivery.installationGithubId}, ${delivery.repositoryGithubId})
    ON CONFLICT (id) DO NOTHING`);
  return { recorded: rows === 1 };
}
