"use client";

import { Stack } from "@mantine/core";
import { useActionState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, idle, messageOf } from "@/lib/action-state";

type Props = {
  action: (state: ActionState) => Promise<ActionState>;
  label: string;
  /** Names the invitation where several stand on a page. */
  ariaLabel?: string;
};

export function AcceptForm({ action, label, ariaLabel = label }: Props) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit}>
      <Stack gap="sm">
        <RefusalNote message={messageOf(state)} />
        <SubmitButton fullWidth aria-label={ariaLabel}>
          {label}
        </SubmitButton>
      </Stack>
    </form>
  );
}
