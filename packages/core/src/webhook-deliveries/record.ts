import { isRefusedByPostgres, type Statement, type Statements } from "@branchline/db/statements";

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

/** How many deliveries one statement stores at the most. */
export const deliveriesAtOnce = 32;

/**
 * Stores deliveries, each once, in one statement: none of them or all. The same delivery id again changes nothing. The
 * signature covers the body alone, so a body that comes under another id is stored as a copy of the first, which a unique
 * index makes the only one.
 * @param deliveries one or more, and no more than `deliveriesAtOnce`
 */
export async function recordDeliveries(statements: Statements, deliveries: NewDelivery[]): Promise<void> {
  const rows = await statements.run<{ id: string }>(insertFirst(deliveries.length), deliveries.flatMap(valuesOf));
  const first = new Set(rows.map(({ id }) => id));
  for (const delivery of deliveries) {
    if (!first.has(delivery.deliveryId)) await statements.run(insertCopy, valuesOf(delivery));
  }
}

/** Whether the others could be stored without the one that is at fault. */
export const mayBeOfOneDelivery = isRefusedByPostgres;

function valuesOf(delivery: NewDelivery): (string | bigint | null)[] {
  return [
    delivery.deliveryId,
    delivery.event,
    delivery.action,
    delivery.body,
    delivery.bodySha256,
    delivery.installationGithubId,
    delivery.repositoryGithubId,
  ];
}

const columns = "id, event, action, body, body_sha256, installation_github_id, repository_github_id";
const insertFirsts = Array.from({ length: deliveriesAtOnce }, (_, index) => statementOf(index + 1));

/** Each size is prepared once per connection. */
function insertFirst(count: number): Statement {
  const statement = insertFirsts[count - 1];
  if (statement === undefined) throw new Error(`${count} deliveries can't be stored at once`);
  return statement;
}

function statementOf(count: number): Statement {
  const row = (index: number) => Array.from({ length: 7 }, (_, column) => `$${index * 7 + column + 1}`).join(", ");
  const rows = Array.from({ length: count }, (_, index) => `(${row(index)})`).join(", ");
  const text = `INSERT INTO webhook_deliveries (${columns}) VALUES ${rows} ON CONFLICT DO NOTHING RETURNING id`;
  return { name: `record-${count}`, text };
}

const insertCopy: Statement = {
  name: "record-copy",
  text: `
    INSERT INTO webhook_deliveries (${columns}, copy_of)
    VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7,
      (SELECT id FROM webhook_deliveries WHERE event = $2 AND body_sha256 = $5 AND copy_of IS NULL))
    ON CONFLICT DO NOTHING`,
};
