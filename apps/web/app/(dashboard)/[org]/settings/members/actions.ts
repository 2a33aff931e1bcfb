"use server";

import { CreateInvitation, createInvitation } from "@branchline/core/invitations/create";
import { RevokeInvitation, revokeInvitation } from "@branchline/core/invitations/revoke";
import { ChangeMemberRole, changeMemberRole } from "@branchline/core/members/change-role";
import { leaveOrganization } from "@branchline/core/members/leave";
import { RemoveMember, removeMember } from "@branchline/core/members/remove";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { act, typedOf } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireCtx } from "@/lib/ctx";

export type Invited = { token: string; email: string };

export async function invite(org: string, _: ActionState<Invited>, form: FormData): Promise<ActionState<Invited>> {
  const typed = typedOf(form);
  return act("invitation.create", typed, async () => {
    const ctx = await requireCtx(org);
    const input = CreateInvitation.parse(typed);
    const { token } = await createInvitation(ctx, input);
    revalidatePath(`/${org}/settings/members`);
    return { token, email: input.email };
  });
}

export async function revoke(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("invitation.revoke", typed, async () => {
    const ctx = await requireCtx(org);
    await revokeInvitation(ctx, RevokeInvitation.parse(typed));
    revalidatePath(`/${org}/settings/members`);
  });
}

export async function changeRole(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("member.change_role", typed, async () => {
    const ctx = await requireCtx(org);
    await changeMemberRole(ctx, ChangeMemberRole.parse(typed));
    revalidatePath(`/${org}/settings/members`);
  });
}

export async function remove(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("member.remove", typed, async () => {
    const ctx = await requireCtx(org);
    await removeMember(ctx, RemoveMember.parse(typed));
    revalidatePath(`/${org}/settings/members`);
  });
}

/** The next page is chosen anew: this organization is not theirs any more. */
export async function leave(org: string, _: ActionState): Promise<ActionState> {
  return act("member.leave", {}, async () => {
    await leaveOrganization(await requireCtx(org));
    redirect("/");
  });
}
