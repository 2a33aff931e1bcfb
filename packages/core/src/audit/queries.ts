import type { Prisma, Role } from "@branchline/db";
import { z } from "zod";
import type { Ctx } from "../ctx.ts";

export type AuditRow = {
  entryId: string;
  actorKind: string;
  actorName: string;
  actorRole: Role | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  subjectName: string;
  detail: Record<string, unknown>;
  at: Date;
};

/** Newest first. `before` is the entryId of the last row of the page above. */
export async function listAuditEntries(
  ctx: Ctx,
  { before, take = 50 }: { before?: string; take?: number } = {},
): Promise<AuditRow[]> {
  const page: Prisma.AuditEntryFindManyArgs = {
    where: { organizationId: ctx.organizationId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
  };
  const isAfter = before !== undefined && z.uuid().safeParse(before).success;
  const rows = await ctx.db.auditEntry.findMany(isAfter ? { ...page, cursor: { id: before }, skip: 1 } : page);
  return rows.map((row) => ({
    entryId: row.id,
    actorKind: row.actorKind,
    actorName: row.actorName,
    actorRole: row.actorRole,
    action: row.action,
    subjectKind: row.subjectKind,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    detail: row.detail as Record<string, unknown>,
    at: row.at,
  }));
}
