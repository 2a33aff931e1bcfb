import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";
import { poolOf } from "./pool.ts";
import { createStatementNames } from "./statement-names.ts";

/** Its transactions are begun by `transact` alone. */
export type Db = Omit<PrismaClient, "$transaction">;

/** A transaction's client: the same tables, no nested transaction. */
export type Tx = Omit<Db, "$connect" | "$disconnect" | "$on" | "$extends">;

/**
 * One pool of connections to Postgres.
 * @param poolSize connections at the most; each door has a pool of its own, so that none starves another.
 * @param queryTimeoutMs a query that is not answered by then fails; 0 waits for ever
 */
export function createDb(databaseUrl: string, poolSize = 10, queryTimeoutMs = 0): Db {
  const pool = poolOf(databaseUrl, poolSize, queryTimeoutMs);
  const adapter = new PrismaPg(pool, { statementNameGenerator: createStatementNames() });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 15_000 } });
}
