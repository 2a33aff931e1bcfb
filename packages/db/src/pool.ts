/** How every pool of connections to Postgres waits. */
export function poolOf(connectionString: string, max: number) {
  return { connectionString, max, connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000 };
}
