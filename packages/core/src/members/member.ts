import type { Role, Tx } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { lockOrganization } from "../organizations/lock.ts";

export type MemberForChange = { memberId: string; role: Role; user: { name: string } };

/** A member of the organization, whose row is locked from here on: two owners can't remove each other at once. */
export async function getMember(
  { organizationId }: Ctx,
  tx: Tx,
  who: { id: string } | { userId: string },
): Promise<MemberForChange> {
  await lockOrganization(tx, organizationId);
  const member = await tx.member.findFirst({
    where: { ...who, organizationId },
    select: { id: true, role: true, user: { select: { name: true } } },
  });
  if (member === null) throw new Refusal("not_found", "There is no such member.");
  const { id: memberId, ...facts } = member;
  return { memberId, ...facts };
}

/** @throws Refusal conflict, when one owner is all there is */
export async function assertOwnerStays({ organizationId }: Ctx, tx: Tx): Promise<void> {
  const owners = await tx.member.count({ where: { organizationId, role: "owner" } });
  if (owners > 1) return;
  throw new Refusal("conflict", "The last owner stays. Make somebody else an owner first.", "role");
}
