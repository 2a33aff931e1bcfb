"use server";

import { RequestScan, requestScan } from "@branchline/core/repositories/scan";
import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { env } from "@/env";
import { act, typedOf } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { cookieAttributes, cookieName } from "@/lib/cookies";
import { requireCtx } from "@/lib/ctx";
import { github } from "@/lib/github";
import { installCookie, installCookieSeconds, newInstallState, signState } from "@/lib/install-state";

/** Sends the person to GitHub to choose repositories, and remembers for which organization. */
export async function connectGitHub(org: string): Promise<void> {
  const ctx = await requireCtx(org);
  const state = newInstallState(ctx.organization.slug);
  const jar = await cookies();
  const { WEB_URL, AUTH_SECRET } = env();
  const lasting = { ...cookieAttributes(WEB_URL), maxAge: installCookieSeconds };
  jar.set(cookieName(WEB_URL, installCookie), signState(state, AUTH_SECRET), lasting);
  redirect(github().installUrl(state.nonce));
}

export async function scanAgain(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("repository.scan", typed, async () => {
    const ctx = await requireCtx(org);
    await requestScan(ctx, RequestScan.parse(typed));
    revalidatePath(`/${org}/settings/github`);
  });
}
