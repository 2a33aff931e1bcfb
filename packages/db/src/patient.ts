import { createAbsences } from "./absence.ts";
import { createDb, type Db } from "./client.ts";
import { isAway, isUnanswered } from "./driver-error.ts";
import type { PrismaClient } from "./generated/client.ts";

/** Whoever waits for a page does not wait for longer. */
const silentMs = 10_000;

const changes = /^(create|update|upsert|delete|\$executeRaw)/;

/**
 * As `createDb`, for a door whose raw queries only read: outside of a transaction, reads wait up to five seconds for a
 * Postgres that restarts, and are asked again. What changes something is not. Nothing waits for a silent one for ever.
 * @param mark sees each error that says that Postgres did not answer, before it is thrown
 */
export function createPatientDb(databaseUrl: string, mark: (error: object) => void): Db {
  const plain = createDb(databaseUrl, undefined, silentMs) as PrismaClient;
  const look = () => plain.$queryRaw`SELECT 1`.then(() => true);
  const absences = createAbsences(() => look().catch((error: unknown) => !isAway(error)));

  async function asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (isAway(error)) absences.met();
      if (isUnanswered(error)) mark(error);
      throw error;
    }
  }

  return plain.$extends({
    query: {
      async $allOperations({ operation, args, query }) {
        const ask = () => asked(() => query(args));
        return ask().catch(async (error: unknown) => {
          if (!isAway(error) || changes.test(operation)) throw error;
          await absences.over().catch(() => {
            throw error;
          });
          return ask();
        });
      },
    },
    // Of a transaction, nothing can be asked again alone.
    client: { $transaction: plain.$transaction.bind(plain) },
  }) as unknown as Db;
}
