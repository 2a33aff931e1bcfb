"use server";

import { ConfigureCiCd, configureCiCd } from "@branchline/core/services/configure";
import { CopyCiCd, copyCiCd } from "@branchline/core/services/copy";
import { DisableCiCd, disableCiCd } from "@branchline/core/services/disable";
import { revalidatePath } from "next/cache";
import { act, typedOf } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireCtx } from "@/lib/ctx";

/** The form keeps what was typed itself: its rows have no place in a flat form. */
export async function configure(
  org: string,
  app: string,
  service: string,
  _: ActionState,
  input: unknown,
): Promise<ActionState> {
  return act("ci_cd.configure", {}, async () => {
    const ctx = await requireCtx(org);
    await configureCiCd(ctx, ConfigureCiCd.parse(input));
    revalidatePath(`/${org}/apps/${app}/services/${service}`, "layout");
  });
}

export async function copy(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("ci_cd.copy", typed, async () => {
    const ctx = await requireCtx(org);
    const input = CopyCiCd.parse({ ...typed, toServiceIds: [typed.toServiceIds ?? []].flat() });
    await copyCiCd(ctx, input);
    revalidatePath(`/${org}`, "layout");
  });
}

export async function disable(
  org: string,
  app: string,
  service: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  const typed = typedOf(form);
  return act("ci_cd.disable", typed, async () => {
    const ctx = await requireCtx(org);
    await disableCiCd(ctx, DisableCiCd.parse(typed));
    revalidatePath(`/${org}/apps/${app}/services/${service}`, "layout");
  });
}
