import { type Db, Prisma } from "@branchline/db";
import type { HandledHead } from "./rules.ts";

type Branch = { repositoryId: string; branch: string };

/**
 * @returns null for a branch of which nothing was handled; and when that was so, as the database writes when a delivery
 * was received: what is stored already was told of before
 */
export async function readHandledHead(
  db: Db,
  { repositoryId, branch }: Branch,
): Promise<{ handled: HandledHead | null; at: Date }> {
  const [row] = await db.$queryRaw<[{ sha: string | null; deliveryId: string | null; at: Date }]>(Prisma.sql`
    SELECT sha, delivery_id AS "deliveryId", at
    FROM date_trunc('milliseconds', clock_timestamp()::timestamp) AS at
    LEFT JOIN branch_heads ON repository_id = ${repositoryId}::uuid AND branch = ${branch}`);
  const { sha, deliveryId, at } = row;
  return { handled: sha === null ? null : { sha, deliveryId }, at };
}

export async function listHandledHeads(db: Db, repositoryId: string): Promise<Map<string, HandledHead>> {
  const rows = await db.branchHead.findMany({ where: { repositoryId } });
  return new Map(rows.map(({ branch, sha, deliveryId }) => [branch, { sha, deliveryId }]));
}

/**
 * Takes a branch's head for a delivery, unless another one has been handled since `expected` was read: whoever loses
 * must look again where the branch is. The delivery keeps when it took it, so that what follows it can be told.
 */
export async function claimHead(
  db: Db,
  { repositoryId, branch, sha, deliveryId }: Branch & { sha: string; deliveryId: string },
  expected: HandledHead | null,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ claimed: bigint }[]>(Prisma.sql`
    WITH claimed AS (
      INSERT INTO branch_heads (repository_id, branch, sha, delivery_id)
      VALUES (${repositoryId}::uuid, ${branch}, ${sha}, ${deliveryId})
      ON CONFLICT (repository_id, branch) DO UPDATE SET sha = excluded.sha, delivery_id = excluded.delivery_id
      WHERE branch_heads.sha = ${expected?.sha ?? null}
        AND branch_heads.delivery_id IS NOT DISTINCT FROM ${expected?.deliveryId ?? null}
      RETURNING sha),
    noted AS (
      UPDATE webhook_deliveries SET head_at = clock_timestamp()
      WHERE id = ${deliveryId} AND EXISTS (SELECT FROM claimed))
    SELECT count(*) AS claimed FROM claimed`);
  return row?.claimed === 1n;
}

/** A branch was deleted at this commit. One that has moved since is kept. */
export async function forgetHead(db: Db, { repositoryId, branch, sha }: Branch & { sha: string }): Promise<void> {
  await db.branchHead.deleteMany({ where: { repositoryId, branch, sha } });
}
