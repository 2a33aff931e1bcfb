"use server";

import { acceptInvitation } from "@branchline/core/invitations/accept";
import { redirect } from "next/navigation";
import { act } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireOutsideCtx } from "@/lib/ctx";
import { askAsPerson } from "@/lib/github-user";

/** The addresses are asked of GitHub now: what was verified at the sign-in may have changed. */
export async function accept(token: string, _: ActionState): Promise<ActionState> {
  return act("invitation.accept", {}, async () => {
    const outside = await requireOutsideCtx();
    const here = `/invitations/${encodeURIComponent(token)}`;
    const verifiedEmails = await askAsPerson(here, (person) => person.verifiedEmails());
    const { slug } = await acceptInvitation(outside, { token, verifiedEmails });
    redirect(`/${slug}`);
  });
}
