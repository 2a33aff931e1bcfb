import { type Db, Prisma } from "@branchline/db";

export type ChoreName = "github.redeliver";

/** Whoever dies at a chore is followed after this long. */
const workingMs = 60_000;

/** For the sweep. A chore that was never done has no row. */
export async function isChoreDue(db: Db, name: ChoreName): Promise<boolean> {
  const [row] = await db.$queryRaw<{ isDue: boolean }[]>(Prisma.sql`
    SELECT NOT EXISTS (SELECT FROM chores WHERE name = ${name} AND due_at > now()) AS "isDue"`);
  return row?.isDue ?? false;
}

export type Turn = {
  /** Null before the first turn. */
  lookedUntil: Date | null;
  /** Where it goes on, when the last turn did not come to the end. */
  cursors: string[];
  now: Date;
};

/** Takes a due chore; null when another worker has it, or had it just now. The clock is the database's. */
export async function claimChore(db: Db, name: ChoreName): Promise<Turn | null> {
  const [row] = await db.$queryRaw<Turn[]>(Prisma.sql`
    INSERT INTO chores (name, due_at) VALUES (${name}, now() + ${workingMs} * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at WHERE chores.due_at <= now()
    RETURNING looked_until AS "lookedUntil", cursors, now()::timestamp AS now`);
  return row ?? null;
}

export async function finishChore(
  db: Db,
  name: ChoreName,
  { lookedUntil, cursors, dueInMs }: { lookedUntil: Date; cursors: string[]; dueInMs: number },
): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    UPDATE chores SET looked_until = ${lookedUntil}, cursors = ${cursors}::text[], due_at = now() + ${dueInMs} * interval '1 millisecond'
    WHERE name = ${name}`);
}
