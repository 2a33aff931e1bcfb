/**
 * A program that falls silent in the middle of a transaction, as its machine loses power, ends no connection: what it has
 * locked is free again after this.
 */
const abandonedMs = 5_000;

/**
 * How every pool of connections to Postgres waits.
 * @param queryTimeoutMs a query that is not answered by then fails, and its connection is given up; 0 waits for ever
 */
export function poolOf(connectionString: string, max: number, queryTimeoutMs = 0) {
  const patience = { connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000, query_timeout: queryTimeoutMs };
  return { connectionString, max, ...patience, idle_in_transaction_session_timeout: abandonedMs };
}
