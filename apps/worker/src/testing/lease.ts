import type { Scene } from "./scene.ts";

/** Who has a deployment, by the database's clock. */
export async function leaseOf({ ctx }: Scene, number: number) {
  const [row] = await ctx.db.$queryRaw<{ epoch: number; isHeld: boolean; lostWorkers: number }[]>`
    SELECT epoch, lost_workers AS "lostWorkers", coalesce(lease_until > clock_timestamp(), false) AS "isHeld"
    FROM deployments WHERE number = ${number}`;
  if (row === undefined) throw new Error(`There is no #${number}`);
  return row;
}

/** How long its worker still has it, by the same clock. */
export async function leaseLeftMs({ ctx }: Scene, number: number): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ ms: number }[]>`
    SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 * 1000 AS ms FROM deployments WHERE number = ${number}`;
  return row?.ms ?? 0;
}
