import { Prisma } from "@branchline/db";

const firstMs = 5_000;
/** To eleven minutes. */
const doublings = 7;

/**
 * When work that is taken up now is due again, should it not succeed: each time twice as long, so that what always fails
 * takes no other's place.
 * @param tries the column that counts how often it was taken up before
 */
export function nextTryAfter(tries: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`now() + ${firstMs} * 2 ^ least(${tries}, ${doublings}) * interval '1 millisecond'`;
}
