"use server";

import { acceptInvitation } from "@branchline/core/invitations/accept";
import { redirect } from "next/navigation";
import { act } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireOutsideCtx } from "@/lib/ctx";
import { askAsPerson } from "@/lib/github-user";

export async function accept(token: string, _: ActionState): Promise<ActionState> {
  return acceptAsPerson(`/invitations/${encodeURIComponent(token)}`, { token });
}

/** One of the person's own list, which needs no link. */
export async function acceptOwn(invitationId: string, _: ActionState): Promise<ActionState> {
  return acceptAsPerson("/", { invitationId });
}

/** The addresses are asked of GitHub now: what was verified at the sign-in may have changed. */
async function acceptAsPerson(
  here: string,
  invitation: { token: string } | { invitationId: string },
): Promise<ActionState> {
  return act("invitation.accept", {}, async () => {
    const outside = await requireOutsideCtx();
    const verifiedEmails = await askAsPerson(here, (person) => person.verifiedEmails());
    const { slug } = await acceptInvitation(outside, { ...invitation, verifiedEmails });
    redirect(`/${slug}`);
  });
}
