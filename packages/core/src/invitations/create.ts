import { z } from "zod";
import type { Ctx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { assertNotAbove } from "../members/rules.ts";
import { mutate } from "../mutate.ts";
import { roles } from "../permissions.ts";
import { hashOfToken, newToken } from "./token.ts";

const validDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

export const CreateInvitation = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address, such as ada@example.com.").max(254)),
  role: z.enum(roles, "Choose a role."),
});
export type CreateInvitation = z.infer<typeof CreateInvitation>;

/** The token is told here and never again; the link that holds it is good for seven days. */
export type CreatedInvitation = { token: string; invitationId: string };

/**
 * Invites an address. An open invitation of the same address is revoked, since its link can't be shown again.
 * @throws Refusal forbidden for a role above one's own, conflict for somebody who is a member
 */
export async function createInvitation(ctx: Ctx, input: CreateInvitation): Promise<CreatedInvitation> {
  const { email, role } = CreateInvitation.parse(input);
  const { organizationId, actor } = ctx;
  return mutate(ctx, "invitation.create", async ({ tx }) => {
    if (actor.kind !== "user") throw new Refusal("forbidden", "Only a person can invite people.");
    assertNotAbove(role, actor);
    const member = await tx.member.findFirst({
      where: { organizationId, user: { email: { equals: email, mode: "insensitive" } } },
    });
    if (member !== null) throw new Refusal("conflict", `${email} is a member already.`, "email");
    await tx.invitation.updateMany({
      where: { organizationId, email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.now() },
    });
    const token = newToken();
    const createdAt = ctx.now();
    const expiresAt = new Date(createdAt.getTime() + validDays * dayMs);
    const invitation = await tx.invitation.create({
      data: {
        organizationId,
        email,
        role,
        tokenHash: hashOfToken(token),
        invitedById: actor.userId,
        createdAt,
        expiresAt,
      },
    });
    const change = { subjectKind: "invitation", subjectId: invitation.id, subjectName: email, detail: { role } };
    return { result: { token, invitationId: invitation.id }, change };
  });
}
