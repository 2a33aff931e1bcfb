import { type Db, Prisma } from "@branchline/db";
import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { nextTryAfter } from "../next-try.ts";

export const RequestScan = z.object({ repositoryId: z.uuid() });
export type RequestScan = z.infer<typeof RequestScan>;

/** What asks for a scan, at once. */
const asked = { scannedAt: null, scanTries: 0 };

export const isScanDue = Prisma.sql`scanned_at IS NULL AND (scan_tries = 0 OR scan_due_at <= now())`;

/** Takes a due scan. @returns false when none is due: another worker has it, or it failed and its next try comes later */
export async function claimScan(db: Db, repositoryId: string): Promise<boolean> {
  const claimed = await db.$executeRaw(Prisma.sql`
    UPDATE repositories SET scan_due_at = ${nextTryAfter(Prisma.sql`scan_tries`)}, scan_tries = scan_tries + 1
    WHERE id = ${repositoryId}::uuid AND ${isScanDue}`);
  return claimed === 1;
}

/** A person asks to look for services again. @throws Refusal not_found */
export async function requestScan(ctx: Ctx, input: RequestScan): Promise<void> {
  const { repositoryId } = RequestScan.parse(input);
  const where = { id: repositoryId, organizationId: ctx.organizationId };
  await mutate(ctx, "repository.scan", async ({ tx, ring }) => {
    const repository = await tx.repository.findFirst({ where });
    if (repository === null) throw new Refusal("not_found", "There is no such repository.");
    await tx.repository.update({ where, data: asked });
    ring({ name: "repository.scan", payload: { repositoryId } });
    const change = { subjectKind: "repository", subjectId: repositoryId, subjectName: repository.fullName };
    return { result: undefined, change };
  });
}

/** A push to the default branch may have added services. Nobody decided it, so it leaves no audit entry. */
export async function rescanAfterPush({ db, doorbell, organizationId }: Ctx, repositoryId: string): Promise<void> {
  const { count } = await db.repository.updateMany({
    where: { id: repositoryId, organizationId },
    data: asked,
  });
  if (count === 1) await doorbell.ring([{ name: "repository.scan", payload: { repositoryId } }]);
}
