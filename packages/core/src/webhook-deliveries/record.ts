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
 * Stores a delivery once; the same delivery id again changes nothing. The signature covers the body alone, so a body that
 * comes under another id is stored as a copy of the first, which a unique index makes the only one.
 */
export async function recordDelivery(db: Db, delivery: NewDelivery): Promise<{ recorded: boolean }> {
  if (await insert(db, delivery, Prisma.sql`NULL`)) return { recorded: true };
  const { event, bodySha256 } = delivery;
  const first = Prisma.sql`(
    SELECT id FROM webhook_deliveries WHERE event = ${event} AND body_sha256 = ${bodySha256} AND copy_of IS NULL)`;
  return { recorded: await insert(db, delivery, first) };
}

/** Raw SQL, because a cast from text is half again as fast as a JSON column through the client. */
async function insert(db: Db, delivery: NewDelivery, copyOf: Prisma.Sql): Promise<boolean> {
  const rows = await db.$executeRaw(Prisma.sql`
    INSERT INTO webhook_deliveries
      (id, event, action, body, body_sha256, copy_of, installation_github_id, repository_github_id)
    VALUES
      (${delivery.deliveryId}, ${delivery.event}, ${delivery.action}, ${delivery.body}::jsonb,
       ${delivery.bodySha256}, ${copyOf}, ${delivery.installationGithubId}, ${delivery.repositoryGithubId})
    ON CONFLICT DO NOTHING`);
  return rows === 1;
}
