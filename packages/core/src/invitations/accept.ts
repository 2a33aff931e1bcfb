import type { Db } from "@branchline/db";
import { z } from "zod";
import type { Ctx, OutsideCtx } from "../ctx.ts";
import { Refusal } from "../errors.ts";
import { mutate } from "../mutate.ts";
import { type InvitationState, stateOfInvitation } from "./rules.ts";
import { hashOfToken } from "./token.ts";

/** Addresses that GitHub has verified for the signed-in person. */
const verifiedEmails = z.array(z.string());

/** By the link's token, or by the id from the person's own list. */
export const AcceptInvitation = z.union([
  z.object({ token: z.string().min(1).max(200), verifiedEmails }),
  z.object({ invitationId: z.uuid(), verifiedEmails }),
]);
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

const closed: Record<Exclude<InvitationState, "open">, string> = {
  expired: "This invitation has expired. Ask for a new one.",
  revoked: "This invitation was revoked. Ask for a new one.",
  accepted: "This invitation was accepted already.",
};

/** The invitation that is accepted. An id is no secret, so it tells a stranger nothing, not even that it is there. */
async function getInvitation(db: Db, accepted: AcceptInvitation) {
  const invitation = await db.invitation.findUnique({
    where: "token" in accepted ? { tokenHash: hashOfToken(accepted.token) } : { id: accepted.invitationId },
    include: { organization: { select: { slug: true } } },
  });
  const isTheirs = accepted.verifiedEmails.some((email) => email.toLowerCase() === invitation?.email);
  if (invitation === null || (!isTheirs && !("token" in accepted)))
    throw new Refusal("not_found", "There is no such invitation.");
  if (isTheirs) return invitation;
  const message = `This invitation is for ${invitation.email}. Sign in with the GitHub account that has verified this address.`;
  throw new Refusal("forbidden", message);
}

/**
 * Makes the signed-in person a member, if the invitation is for one of their verified addresses. Who is a member already keeps their role.
 * @throws Refusal not_found for an unknown token, or id, of theirs; forbidden for another address; conflict when it is no longer open
 */
export async function acceptInvitation(outside: OutsideCtx, input: AcceptInvitation): Promise<{ slug: string }> {
  const accepted = AcceptInvitation.parse(input);
  const { user, ...rest } = outside;
  if (user === undefined) throw new Refusal("forbidden", "Sign in to accept the invitation.");
  const invitation = await getInvitation(outside.db, accepted);
  const state = stateOfInvitation(invitation, outside.now());
  if (state !== "open") throw new Refusal("conflict", closed[state]);
  const { id, organizationId, role, email } = invitation;
  const ctx: Ctx = { ...rest, organizationId, actor: { kind: "user", userId: user.userId, name: user.name, role } };
  await mutate(ctx, "invitation.accept", async ({ tx }) => {
    const { count } = await tx.invitation.updateMany({
      where: { id, acceptedAt: null, revokedAt: null },
      data: { acceptedAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "This invitation is no longer open.");
    await tx.member.upsert({
      where: { organizationId_userId: { organizationId, userId: user.userId } },
      create: { organizationId, userId: user.userId, role, createdAt: ctx.now() },
      update: {},
    });
    return {
      result: undefined,
      change: { subjectKind: "invitation", subjectId: id, subjectName: email, detail: { role } },
    };
  });
  return { slug: invitation.organization.slug };
}
