"use server";

import { CancelDeployment, cancelDeployment } from "@branchline/core/deployments/cancel";
import { RedeployDeployment, redeployDeployment } from "@branchline/core/deployments/redeploy";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { act, typedOf } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireCtx } from "@/lib/ctx";

export async function cancel(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("deployment.cancel", typed, async () => {
    const ctx = await requireCtx(org);
    await cancelDeployment(ctx, CancelDeployment.parse(typed));
    revalidatePath(`/${org}/deployments`, "layout");
  });
}

export async function redeploy(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("deployment.queue", typed, async () => {
    const ctx = await requireCtx(org);
    const { number } = await redeployDeployment(ctx, RedeployDeployment.parse(typed));
    redirect(`/${org}/deployments/${number}`);
  });
}
