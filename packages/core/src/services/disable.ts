import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { mutate } from "../mutate.ts";
import { lockService } from "./mappings.ts";

export const DisableCiCd = z.object({ serviceId: z.uuid() });
export type DisableCiCd = z.infer<typeof DisableCiCd>;

/** Merges deploy nothing any more. The settings stay, for the day when it is enabled again. @throws Refusal not_found */
export async function disableCiCd(ctx: Ctx, input: DisableCiCd): Promise<void> {
  const { serviceId } = DisableCiCd.parse(input);
  await mutate(ctx, "ci_cd.disable", async ({ tx }) => {
    const service = await lockService(ctx, tx, serviceId);
    await tx.service.update({ where: { id: serviceId }, data: { cicdEnabledAt: null } });
    return { result: undefined, change: { subjectKind: "service", subjectId: serviceId, subjectName: service.slug } };
  });
}
