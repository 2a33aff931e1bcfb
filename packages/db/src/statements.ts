import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { createAbsences } from "./absence.ts";
import { poolOf } from "./pool.ts";

/** A statement under a name, which a connection prepares once. */
export type Statement = { name: string; text: string };

/** Statements without the client: for the door where each of thousands a second counts, and for a thread that has one to run. */
export type Statements = {
  /**
   * Waits up to five seconds for a Postgres that restarts, and runs the statement again: so it must bear being run twice.
   * @returns the rows that it returns, by column
   * @throws Error at once while Postgres has been away for longer
   */
  run<Row extends object>(statement: Statement, values: (string | bigint | null)[]): Promise<Row[]>;
  /** Whether Postgres serves us now: one that is known to be away is not waited for. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
};

/** A Postgres that is silent for so long is away: who waits for a statement and then for a connection still answers GitHub in its ten seconds. */
const silentMs = 3_000;
/** Those that collided come back at different moments. */
const apartMsMax = 100;
const patienceMs = 5_000;

/** No connection, a server that stops or starts, or one that takes no more: what has no SQLSTATE comes from the way to it. */
const isAbsence = (error: unknown) => !(error instanceof pg.DatabaseError) || /^(08|57P|53300)/.test(error.code ?? "");
const isCollision = (error: unknown) => error instanceof pg.DatabaseError && /^40/.test(error.code ?? "");

/** Whether Postgres itself said no, and not the way to it. */
export const isRefusedByPostgres = (error: unknown) => !isAbsence(error);

/** A pool of its own, which nobody else's queries can exhaust. */
export function createStatements(databaseUrl: string, poolSize: number): Statements {
  const pool = new pg.Pool({
    ...poolOf(databaseUrl, poolSize, silentMs),
    connectionTimeoutMillis: silentMs,
  });
  // An idle connection that breaks is replaced by the next query's.
  pool.on("error", () => undefined);
  const ask = () => pool.query("SELECT 1").then(() => true);
  const absences = createAbsences(() => ask().catch(isRefusedByPostgres));

  /** @throws the error of a try that another one can't mend in time */
  async function recover(error: unknown, triedAt: number, begunAt: number): Promise<void> {
    const now = performance.now();
    if (isAbsence(error)) absences.met();
    else if (!isCollision(error)) throw error;
    // After a silence there is no time for another one.
    if (now - triedAt > silentMs / 2 || now - begunAt > patienceMs) throw error;
    if (isCollision(error)) await pause(Math.random() * apartMsMax);
  }

  return {
    async run<Row extends object>({ name, text }: Statement, values: (string | bigint | null)[]) {
      const begunAt = performance.now();
      for (;;) {
        await absences.over();
        const triedAt = performance.now();
        try {
          return (await pool.query<Row>({ name, text, values })).rows;
        } catch (error) {
          await recover(error, triedAt, begunAt);
        }
      }
    },
    isReady: async () => !absences.isNow() && (await ask().catch(() => false)),
    close() {
      absences.close();
      return pool.end();
    },
  };
}
