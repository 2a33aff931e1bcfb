"use client";

import type { StackRepair as Repair } from "@branchline/core/deployments/stack-repair";
import { Checkbox, Stack, Text } from "@mantine/core";
import { useActionState } from "react";
import { RefusalText } from "@/components/refusal-text";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, idle, messageOf } from "@/lib/action-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  deploymentId: string;
  repair: Repair;
  stackName: string;
  accountId: string | null;
  /** Logical ids of the resources that could not be rolled back. */
  stuck: string[];
};

const labels: Record<Repair, string> = {
  delete: "Delete stack and redeploy",
  continue_rollback: "Continue rollback and redeploy",
};

/** The way out of a stack that can't be deployed to, and what it will do. */
export function StackRepair({ action, deploymentId, repair, stackName, accountId, stuck }: Props) {
  const [state, submit] = useActionState(action, idle);
  return (
    <form action={submit}>
      <input type="hidden" name="deploymentId" value={deploymentId} />
      <input type="hidden" name="repair" value={repair} />
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {repair === "delete" ? "Deletes" : "Rolls back"} the stack <code>{stackName}</code> in account{" "}
          <code>{accountId}</code>, then deploys this commit again.
        </Text>
        {repair === "continue_rollback" &&
          stuck.map((logicalId) => (
            <Checkbox
              key={logicalId}
              name="repairSkips"
              value={logicalId}
              label={
                <>
                  Skip <code>{logicalId}</code>: it stays as it is, which may not be what the template says
                </>
              }
            />
          ))}
        <SubmitButton variant="default">{labels[repair]}</SubmitButton>
        <RefusalText message={messageOf(state)} />
      </Stack>
    </form>
  );
}
