import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";

export const RequestScan = z.object({ repositoryId: z.uuid() });
export type RequestScan = z.infer<typeof RequestScan>;

/** A person asks to look for services again. @throws Refusal not_found */
export async function requestScan(ctx: Ctx, input: RequestScan): Promise<void> {
  const { repositoryId } = RequestScan.parse(input);
  const where = { id: repositoryId, organizationId: ctx.organizationId };
  await mutate(ctx, "repository.scan", async ({ tx, ring }) => {
    const repository = await tx.repository.findFirst({ where });
    if (repository === null) throw new Refusal("not_found", "There is no such repository.");
    await tx.repository.update({ where, data: { scannedAt: null } });
    ring({ name: "repository.scan", payload: { repositoryId } });
    const change = { subjectKind: "repository", subjectId: repositoryId, subjectName: repository.fullName };
    return { result: undefined, change };
  });
}

/** A push to the default branch may have added services. Nobody decided it, so it leaves no audit entry. */
export async function rescanAfterPush({ db, doorbell, organizationId }: Ctx, repositoryId: string): Promise<void> {
  const { count } = await db.repository.updateMany({
    where: { id: repositoryId, organizationId },
    data: { scannedAt: null },
  });
  if (count === 1) await doorbell.ring([{ name: "repository.scan", payload: { repositoryId } }]);
}
