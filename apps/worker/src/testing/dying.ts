import type { Db } from "@branchline/db";

/** While `work` lasts, whoever is about to do a deed loses its connection instead: as a worker that dies right there. */
export async function dyingBefore(db: Db, deed: string, work: () => Promise<void>): Promise<void> {
  await db.$executeRawUnsafe(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`);
  await db.$executeRawUnsafe(`CREATE TRIGGER dies BEFORE ${deed} EXECUTE FUNCTION die()`);
  await work();
  await db.$executeRaw`DROP FUNCTION die CASCADE`;
}

export const settling = (id: string) =>
  `UPDATE OF settled_at ON webhook_deliveries FOR EACH ROW WHEN (NEW.id = '${id}')`;
export const queueing = (id: string) => `INSERT ON deployments FOR EACH ROW WHEN (NEW.delivery_id = '${id}')`;
