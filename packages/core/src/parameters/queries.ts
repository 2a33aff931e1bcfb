import type { Db } from "@branchline/db";
import type { Ctx } from "../ctx.ts";

export type ParameterRow = {
  parameterId: string;
  name: string;
  /** Null: for every stage. */
  stage: string | null;
  inBuildEnvironment: boolean;
  isSecret: boolean;
  updatedAt: Date;
  updatedByName: string;
};

/** Names and who set them; a value is never shown again. */
export async function listParameters({ db, organizationId }: Ctx, serviceId: string): Promise<ParameterRow[]> {
  const rows = await db.parameter.findMany({
    where: { organizationId, serviceId },
    orderBy: [{ name: "asc" }, { stage: { place: "asc" } }],
    select: {
      id: true,
      name: true,
      stage: { select: { name: true } },
      inBuildEnvironment: true,
      isSecret: true,
      updatedAt: true,
      updatedByName: true,
    },
  });
  return rows.map(({ id, stage, ...row }) => ({ parameterId: id, stage: stage?.name ?? null, ...row }));
}

export type SealedParameter = {
  name: string;
  /** Null: the service's own, which a stage's takes the place of. */
  stageId: string | null;
  sealedValue: string;
  inBuildEnvironment: boolean;
  isSecret: boolean;
};

/** For the worker alone: what the service has for every stage, and for this one. */
export async function listSealedParameters(
  db: Db,
  { serviceId, stageId }: { serviceId: string; stageId: string },
): Promise<SealedParameter[]> {
  return db.parameter.findMany({
    where: { serviceId, OR: [{ stageId: null }, { stageId }] },
    orderBy: { name: "asc" },
    select: { name: true, stageId: true, sealedValue: true, inBuildEnvironment: true, isSecret: true },
  });
}
