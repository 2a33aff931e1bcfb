import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";

export const RevokeInvitation = z.object({ invitationId: z.uuid() });
export type RevokeInvitation = z.infer<typeof RevokeInvitation>;

/** @throws Refusal not_found; conflict when it was accepted or revoked */
export async function revokeInvitation(ctx: Ctx, input: RevokeInvitation): Promise<void> {
  const { invitationId } = RevokeInvitation.parse(input);
  const { organizationId } = ctx;
  await mutate(ctx, "invitation.revoke", async ({ tx }) => {
    const row = await tx.invitation.findFirst({ where: { id: invitationId, organizationId }, select: { email: true } });
    if (row === null) throw new Refusal("not_found", "There is no such invitation.");
    const { count } = await tx.invitation.updateMany({
      where: { id: invitationId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "This invitation is no longer open.");
    const change = { subjectKind: "invitation", subjectId: invitationId, subjectName: row.email };
    return { result: undefined, change };
  });
}
