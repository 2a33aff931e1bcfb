import { Prisma } from "@branchline/db";

/**
 * Of what is due, every owner's oldest first, and only then every owner's second: who has little does not wait behind who
 * has much.
 * @param due a query of rows of id, owner and since
 */
export function inTurns(due: Prisma.Sql, take: number): Prisma.Sql {
  return Prisma.sql`
    SELECT id FROM (
      SELECT id, since, row_number() OVER (PARTITION BY owner ORDER BY since) AS place FROM (${due}) due) turns
    ORDER BY place, since LIMIT ${take}`;
}
