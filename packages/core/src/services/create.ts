import { z } from "zod";
import { ensureApp } from "../apps/ensure.ts";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { isUniqueViolation } from "../unique-violation.ts";
import { assertFree, assertUsableRepository } from "./place.ts";
import { directory, nodeName } from "./rules.ts";

export const CreateService = z.object({
  app: nodeName,
  service: nodeName,
  repositoryId: z.uuid("Choose a repository."),
  baseDirectory: directory,
});
export type CreateService = z.infer<typeof CreateService>;

/**
 * Adds a service by hand, for a file that a scan does not find or can't read.
 * @throws Refusal not_found for the repository, conflict for a taken name or directory
 */
export async function createService(
  ctx: Ctx,
  input: CreateService,
): Promise<{ serviceId: string; app: string; service: string }> {
  const { app: appSlug, service, ...place } = CreateService.parse(input);
  const { organizationId } = ctx;
  try {
    return await mutate(ctx, "service.create", async ({ tx }) => {
      await assertUsableRepository(ctx, tx, place.repositoryId);
      await assertFree(ctx, tx, place);
      const app = await ensureApp(tx, { organizationId, slug: appSlug });
      const data = { ...place, organizationId, appId: app.id, slug: service, createdAt: ctx.now() };
      const { id } = await tx.service.create({ data });
      const change = {
        subjectKind: "service",
        subjectId: id,
        subjectName: service,
        detail: { app: appSlug, ...place },
      };
      return { result: { serviceId: id, app: appSlug, service }, change };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", `The app ${appSlug} has a service named ${service} already.`, "service");
  }
}
