import { setTimeout as pause } from "node:timers/promises";
import type { Db, Tx } from "./client.ts";
import { CommitInDoubt, isCollision, isUnanswered } from "./driver-error.ts";
import type { PrismaClient } from "./generated/client.ts";

const triesMax = 5;
const firstPauseMsMax = 20;

/**
 * Runs work in a transaction, and again from its beginning when Postgres rolled it back for another transaction's sake: a
 * deadlock, or an isolation that it could not keep. So work may change nothing but the database. Those that collided come
 * back at different moments.
 * @throws CommitInDoubt when nobody can say whether it was kept
 */
export async function transact<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await committed(db as PrismaClient, work);
    } catch (error) {
      if (tries === triesMax || !isCollision(error)) throw error;
      await pause(Math.random() * firstPauseMsMax * 2 ** (tries - 1));
    }
  }
}

async function committed<T>(db: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  let isCommitting = false;
  try {
    return await db.$transaction(async (tx) => {
      const result = await work(tx);
      isCommitting = true;
      return result;
    });
  } catch (error) {
    throw isCommitting && isUnanswered(error) ? new CommitInDoubt(error) : error;
  }
}
