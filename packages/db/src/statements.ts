import pg from "pg";
import { poolOf } from "./pool.ts";

/** A statement under a name, which a connection prepares once. */
export type Statement = { name: string; text: string };

/** Statements without the client: for the one door where each of thousands a second counts. */
export type Statements = {
  /** @returns the rows that it returns, by column */
  run<Row extends object>(statement: Statement, values: (string | bigint | null)[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** A Postgres that is silent for so long is away: who waits for a statement and then for a connection still answers GitHub in its ten seconds. */
const silentMs = 3_000;

/** Whether Postgres itself said no, and not the way to it. */
export const isRefusedByPostgres = (error: unknown) => error instanceof pg.DatabaseError;

/** A pool of its own, which nobody else's queries can exhaust. */
export function createStatements(databaseUrl: string, poolSize: number): Statements {
  const pool = new pg.Pool({
    ...poolOf(databaseUrl, poolSize, silentMs),
    connectionTimeoutMillis: silentMs,
  });
  // An idle connection that breaks is replaced by the next query's.
  pool.on("error", () => undefined);
  return {
    async run<Row extends object>({ name, text }: Statement, values: (string | bigint | null)[]) {
      const { rows } = await pool.query<Row>({ name, text, values });
      return rows;
    },
    close: () => pool.end(),
  };
}
