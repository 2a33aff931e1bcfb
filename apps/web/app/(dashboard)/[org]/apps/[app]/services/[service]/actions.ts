"use server";

import { DeployNow, deployNow } from "@branchline/core/deployments/deploy-now";
import { RemoveParameter, removeParameter } from "@branchline/core/parameters/remove";
import { SetParameter, setParameter } from "@branchline/core/parameters/set";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { act, typedOf } from "@/lib/action";
import type { ActionState } from "@/lib/action-state";
import { requireCtx } from "@/lib/ctx";
import { sealForWorker } from "@/lib/seal";

export async function deploy(org: string, _: ActionState, form: FormData): Promise<ActionState> {
  const typed = typedOf(form);
  return act("deployment.queue", typed, async () => {
    const ctx = await requireCtx(org);
    const { number } = await deployNow(ctx, DeployNow.parse(typed));
    redirect(`/${org}/deployments/${number}`);
  });
}

/** The value is sealed in this process, which has no key to open it. */
export async function setParameterOfService(
  org: string,
  app: string,
  service: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  const { value, ...typed } = typedOf(form);
  return act("parameter.set", typed, async () => {
    const ctx = await requireCtx(org);
    const plaintext = typeof value === "string" ? value : "";
    const sealedValue = plaintext === "" ? "" : await sealForWorker(plaintext);
    const input = SetParameter.parse({
      ...typed,
      stage: typed.stage === "" ? null : typed.stage,
      inBuildEnvironment: typed.inBuildEnvironment === "on",
      isSecret: typed.isPlain !== "on",
      sealedValue,
    });
    await setParameter(ctx, input);
    revalidatePath(`/${org}/apps/${app}/services/${service}`);
  });
}

export async function unsetParameter(
  org: string,
  app: string,
  service: string,
  _: ActionState,
  form: FormData,
): Promise<ActionState> {
  const typed = typedOf(form);
  return act("parameter.remove", typed, async () => {
    const ctx = await requireCtx(org);
    await removeParameter(ctx, RemoveParameter.parse(typed));
    revalidatePath(`/${org}/apps/${app}/services/${service}`);
  });
}
