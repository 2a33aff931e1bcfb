/**
 * How every pool of connections to Postgres waits.
 * @param queryTimeoutMs a query that is not answered by then fails, and its connection is given up; 0 waits for ever
 */
export function poolOf(connectionString: string, max: number, queryTimeoutMs = 0) {
  const patience = { connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000, query_timeout: queryTimeoutMs };
  return { connectionString, max, ...patience };
}
