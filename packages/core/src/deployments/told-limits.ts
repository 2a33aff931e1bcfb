import { type Db, Prisma } from "@branchline/db";
import { defaultLimits, type RunningLimits } from "./limits.ts";

/** Writes down what the workers were told, for whoever explains what waits. Writes nothing where nothing changes. */
export async function tellLimits(db: Db, { perOrganization, inAll }: RunningLimits): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    INSERT INTO running_limits (id, per_organization, in_all) VALUES (1, ${perOrganization}, ${inAll})
    ON CONFLICT (id) DO UPDATE SET per_organization = excluded.per_organization, in_all = excluded.in_all
    WHERE (running_limits.per_organization, running_limits.in_all) IS DISTINCT FROM (excluded.per_organization, excluded.in_all)`);
}

/** Until a worker has started once, those that it starts with by itself. */
export async function readLimits(db: Db): Promise<RunningLimits> {
  return (await db.runningLimits.findUnique({ where: { id: 1 } })) ?? defaultLimits;
}
