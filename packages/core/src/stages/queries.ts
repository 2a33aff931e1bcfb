import type { Ctx } from "../ctx.ts";

export type StageRow = { stageId: string; name: string; place: number };

/** In the order of promotion. */
export async function listStages({ db, organizationId }: Ctx, appId: string): Promise<StageRow[]> {
  const rows = await db.stage.findMany({
    where: { organizationId, appId },
    orderBy: [{ place: "asc" }, { name: "asc" }],
    select: { id: true, name: true, place: true },
  });
  return rows.map(({ id, ...row }) => ({ stageId: id, ...row }));
}
