"use client";

import { useActionState } from "react";
import { RefusalText } from "@/components/refusal-text";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  deploymentId: string;
  label: string;
  /** Names the deployment where several buttons stand on a page. */
  ariaLabel?: string;
  isDanger?: boolean;
  size?: "xs" | "sm";
};

/** One verb on one deployment, which may refuse with a sentence. */
export function DeploymentButton({
  action,
  deploymentId,
  label,
  ariaLabel = label,
  isDanger = false,
  size = "sm",
}: Props) {
  const [state, submit] = useActionState(action, idle);
  const refusal = messageOf(state) ?? errorOf(state, "deploymentId");
  return (
    <form action={submit}>
      <input type="hidden" name="deploymentId" value={deploymentId} />
      <SubmitButton
        size={size}
        variant="default"
        aria-label={ariaLabel}
        {...(isDanger ? { c: "var(--mantine-color-error)" } : {})}
      >
        {label}
      </SubmitButton>
      <RefusalText message={refusal} mt={4} maw={260} />
    </form>
  );
}
