"use server";

import { CreateOrganization, createOrganization } from "@branchline/core/organizations/create";
import { redirect } from "next/navigation";
import { act, typedOf } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireOutsideCtx } from "@/lib/ctx";

export async function create(_: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("organization.create", typed, async () => {
    const outside = await requireOutsideCtx();
    const { slug } = await createOrganization(outside, CreateOrganization.parse(typed));
    redirect(`/${slug}`);
  });
}
