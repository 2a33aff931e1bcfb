import type { Tx } from "@branchline/db";

export type EnsuredStage = { id: string; name: string; place: number };

/** The app's stage of that name; a new one goes to the end of the promotion order. */
export async function ensureStage(
  tx: Tx,
  { organizationId, appId, name }: { organizationId: string; appId: string; name: string },
): Promise<EnsuredStage> {
  const where = { appId_name: { appId, name } };
  const select = { id: true, name: true, place: true };
  const known = await tx.stage.findUnique({ where, select });
  if (known !== null) return known;
  const last = await tx.stage.aggregate({ where: { appId }, _max: { place: true } });
  const place = (last._max.place ?? -1) + 1;
  return tx.stage.upsert({ where, create: { organizationId, appId, name, place }, update: { name }, select });
}
