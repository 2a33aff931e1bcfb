import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";

export const RemoveParameter = z.object({ parameterId: z.uuid() });
export type RemoveParameter = z.infer<typeof RemoveParameter>;

/** @throws Refusal not_found */
export async function removeParameter(ctx: Ctx, input: RemoveParameter): Promise<void> {
  const { parameterId } = RemoveParameter.parse(input);
  const where = { id: parameterId, organizationId: ctx.organizationId };
  await mutate(ctx, "parameter.remove", async ({ tx }) => {
    const row = await tx.parameter.findFirst({
      where,
      select: { name: true, service: { select: { slug: true } }, stage: { select: { name: true } } },
    });
    if (row === null) throw new Refusal("not_found", "There is no such parameter.");
    await tx.parameter.deleteMany({ where });
    const detail = { service: row.service.slug, stage: row.stage?.name ?? null };
    return {
      result: undefined,
      change: { subjectKind: "parameter", subjectId: parameterId, subjectName: row.name, detail },
    };
  });
}
