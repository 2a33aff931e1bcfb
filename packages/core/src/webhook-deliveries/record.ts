import type { Statement, Statements } from "@branchline/db";

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
export async function recordDelivery(statements: Statements, delivery: NewDelivery): Promise<{ recorded: boolean }> {
  const values = [
    delivery.deliveryId,
    delivery.event,
    delivery.action,
    delivery.body,
    delivery.bodySha256,
    delivery.installationGithubId,
    delivery.repositoryGithubId,
  ];
  if ((await statements.execute(insertFirst, values)) === 1) return { recorded: true };
  return { recorded: (await statements.execute(insertCopy, values)) === 1 };
}

const insertFirst = insert("record-first", "NULL");
const insertCopy = insert(
  "record-copy",
  "(SELECT id FROM webhook_deliveries WHERE event = $2 AND body_sha256 = $5 AND copy_of IS NULL)",
);

function insert(name: string, copyOf: string): Statement {
  const text = `
    INSERT INTO webhook_deliveries
      (id, event, action, body, body_sha256, installation_github_id, repository_github_id, copy_of)
    VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, ${copyOf})
    ON CONFLICT DO NOTHING`;
  return { name, text };
}
