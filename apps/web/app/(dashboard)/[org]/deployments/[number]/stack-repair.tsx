"use client";

import type { StackRepair as Repair } from "@branchline/core/deployments/stack-repair";
import { Checkbox, Fieldset, Stack, Text } from "@mantine/core";
import { useActionState } from "react";
import { RefusalText } from "@/components/refusal-text";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, idle, messageOf } from "@/lib/action-state";
import classes from "./deployment.module.css";

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
    <form action={submit} className={classes.repair} aria-label="Repair the stack">
      <input type="hidden" name="deploymentId" value={deploymentId} />
      <input type="hidden" name="repair" value={repair} />
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {repair === "delete" ? "Deletes" : "Rolls back"} the stack <code>{stackName}</code> in account{" "}
          <code>{accountId}</code>, then deploys again.
        </Text>
        {repair === "continue_rollback" && stuck.length > 0 && <Skips stuck={stuck} />}
        <SubmitButton variant="default">{labels[repair]}</SubmitButton>
        <RefusalText message={messageOf(state)} />
      </Stack>
    </form>
  );
}

function Skips({ stuck }: Pick<Props, "stuck">) {
  return (
    <Fieldset
      variant="unstyled"
      legend="These resources stopped the rollback. One that is skipped stays as it is, which may not be what the template says."
    >
      <Stack gap={8} mt={8}>
        {stuck.map((logicalId) => (
          <Checkbox
            key={logicalId}
            name="repairSkips"
            value={logicalId}
            label={
              <>
                Skip <code>{logicalId}</code>
              </>
            }
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
