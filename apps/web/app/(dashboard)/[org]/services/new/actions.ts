"use server";

import { CreateService, createService } from "@branchline/core/services/create";
import { redirect } from "next/navigation";
import { act, typedOf } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireCtx } from "@/lib/ctx";

export async function addService(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("service.create", typed, async () => {
    const ctx = await requireCtx(org);
    const { app, service } = await createService(ctx, CreateService.parse(typed));
    redirect(`/${org}/apps/${app}/services/${service}/ci-cd`);
  });
}
