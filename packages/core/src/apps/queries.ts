import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { listServices, type ServiceRow } from "../services/queries.ts";
import { listStages, type StageRow } from "../stages/queries.ts";

export type AppView = { appId: string; slug: string; services: ServiceRow[]; stages: StageRow[] };

/** @throws Refusal not_found */
export async function getApp(ctx: Ctx, slug: string): Promise<AppView> {
  const { db, organizationId } = ctx;
  const app = await db.app.findFirst({ where: { organizationId, slug }, select: { id: true, slug: true } });
  if (app === null) throw new Refusal("not_found", "There is no such app.");
  const [services, stages] = await Promise.all([listServices(ctx, { appId: app.id }), listStages(ctx, app.id)]);
  return { appId: app.id, slug: app.slug, services, stages };
}
