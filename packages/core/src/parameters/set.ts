import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { lockService } from "../services/mappings.ts";
import { isVariableName, parameterName } from "./rules.ts";

/** The fields of the form; what is typed as the value is sealed before it gets here. */
export const SetParameter = z
  .object({
    serviceId: z.uuid(),
    /** Null: for every stage. */
    stage: z.string().min(1).nullable(),
    name: parameterName,
    sealedValue: z.string().min(1, "Enter a value.").max(200_000, "This value is too long."),
    inBuildEnvironment: z.boolean(),
    /** Whoever says otherwise has to know the value: it is set with it. */
    isSecret: z.boolean().default(true),
  })
  .refine(({ name, inBuildEnvironment }) => !inBuildEnvironment || isVariableName(name), {
    path: ["name"],
    message: "An environment variable has only letters, digits and _ in its name.",
  });
export type SetParameter = z.input<typeof SetParameter>;

/** Sets a service's parameter, or takes the place of its value. @throws Refusal not_found for the service, invalid for the stage */
export async function setParameter(ctx: Ctx, input: SetParameter): Promise<{ parameterId: string }> {
  const { serviceId, stage, name, sealedValue, inBuildEnvironment, isSecret } = SetParameter.parse(input);
  const { organizationId } = ctx;
  return mutate(ctx, "parameter.set", async ({ tx }) => {
    const service = await lockService(ctx, tx, serviceId);
    const row =
      stage === null
        ? null
        : await tx.stage.findFirst({ where: { organizationId, appId: service.appId, name: stage } });
    if (stage !== null && row === null) throw new Refusal("invalid", `The app has no stage ${stage}.`, "stage");
    const key = { organizationId, serviceId, stageId: row?.id ?? null, name };
    const data = { sealedValue, inBuildEnvironment, isSecret, updatedAt: ctx.now(), updatedByName: ctx.actor.name };
    const known = await tx.parameter.findFirst({ where: key, select: { id: true } });
    const { id } =
      known === null
        ? await tx.parameter.create({ data: { ...key, ...data } })
        : await tx.parameter.update({ where: { id: known.id }, data });
    const detail = { service: service.slug, stage, inBuildEnvironment, isSecret };
    return {
      result: { parameterId: id },
      change: { subjectKind: "parameter", subjectId: id, subjectName: name, detail },
    };
  });
}
