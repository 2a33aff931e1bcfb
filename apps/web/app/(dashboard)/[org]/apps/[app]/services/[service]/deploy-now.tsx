"use client";

import { Stack } from "@mantine/core";
import { useActionState } from "react";
import { RefusalText } from "@/components/refusal-text";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";

export type DeployAction = (state: ActionState, form: FormData) => Promise<ActionState>;

type Props = { action: DeployAction; serviceId: string; branch: string; stage: string };

/** Deploys the branch's head, as a merge would. */
export function DeployNow({ action, serviceId, branch, stage }: Props) {
  const [state, submit] = useActionState(action, idle);
  const refusal = messageOf(state) ?? errorOf(state, "branch");
  return (
    <form action={submit}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="branch" value={branch} />
      <Stack gap={4} align="flex-start">
        <SubmitButton variant="default" aria-label={`Deploy now: ${branch} to ${stage}`}>
          Deploy now
        </SubmitButton>
        <RefusalText message={refusal} />
      </Stack>
    </form>
  );
}
