"use server";

import { ChangeDeployProfile, changeDeployProfile } from "@branchline/core/deploy-profiles/change";
import { CreateDeployProfile, createDeployProfile } from "@branchline/core/deploy-profiles/create";
import { ProveDeployProfile, proveDeployProfile } from "@branchline/core/deploy-profiles/prove";
import { RemoveDeployProfile, removeDeployProfile } from "@branchline/core/deploy-profiles/remove";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { act, typedOf } from "@/lib/action";
import type { ActionState, Typed } from "@/lib/action-state";
import { requireCtx } from "@/lib/ctx";
import { platformAccountId } from "@/lib/platform";

export async function createProfile(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("deploy_profile.create", typed, async () => {
    const ctx = await requireCtx(org);
    const input = CreateDeployProfile.parse(settingsOf(typed));
    const { slug } = await createDeployProfile(ctx, input, { platformAccountId: platformAccountId() });
    redirect(`/${org}/profiles/${slug}`);
  });
}

export async function changeProfile(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("deploy_profile.change", typed, async () => {
    const ctx = await requireCtx(org);
    const input = ChangeDeployProfile.parse(settingsOf(typed));
    await changeDeployProfile(ctx, input, { platformAccountId: platformAccountId() });
    revalidatePath(`/${org}/profiles`, "layout");
  });
}

export async function proveProfile(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("deploy_profile.prove", typed, async () => {
    const ctx = await requireCtx(org);
    await proveDeployProfile(ctx, ProveDeployProfile.parse(typed));
    revalidatePath(`/${org}/profiles`, "layout");
  });
}

export async function removeProfile(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("deploy_profile.remove", typed, async () => {
    const ctx = await requireCtx(org);
    await removeDeployProfile(ctx, RemoveDeployProfile.parse(typed));
    redirect(`/${org}/profiles`);
  });
}

function settingsOf(typed: Typed): Record<string, unknown> {
  return { ...typed, allowedBranches: listIn(typed.allowedBranches), deployHosts: listIn(typed.deployHosts) };
}

/** Typed one to a line, or with commas between them. */
function listIn(typed: Typed[string] | undefined): string[] {
  const parts = String(typed ?? "").split(/[\n,]/);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
