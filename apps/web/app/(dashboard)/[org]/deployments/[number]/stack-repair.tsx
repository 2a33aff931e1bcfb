"use client";

import type { StackRepair as Repair } from "@branchline/core/deployments/stack-repair";
import { Button, Checkbox, Text } from "@mantine/core";
import { useActionState } from "react";
import { type ActionState, idle, messageOf } from "@/lib/action-state";
import classes from "./deployment.module.css";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  deploymentId: string;
  repair: Repair;
  stackName: string;
  accountId: string | null;
  /** Logical ids of the resources that could not be rolled back. */
  failed: string[];
};

const labels: Record<Repair, string> = {
  delete: "Delete stack and redeploy",
  continue_rollback: "Continue rollback and redeploy",
};

/** The way out of a stack that can't be deployed to, and what it will do. */
export function StackRepair({ action, deploymentId, repair, stackName, accountId, failed }: Props) {
  const [state, submit, isPending] = useActionState(action, idle);
  const refusal = messageOf(state);
  return (
    <form action={submit} className={classes.repair}>
      <input type="hidden" name="deploymentId" value={deploymentId} />
      <input type="hidden" name="repair" value={repair} />
      <Text size="sm">
        {repair === "delete" ? "Deletes" : "Rolls back"} the stack <code>{stackName}</code> in account{" "}
        <code>{accountId}</code>, then deploys this commit again.
      </Text>
      {repair === "continue_rollback" &&
        failed.map((logicalId) => (
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
      <div>
        <Button type="submit" variant="default" loading={isPending}>
          {labels[repair]}
        </Button>
      </div>
      {refusal !== null && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {refusal}
        </Text>
      )}
    </form>
  );
}
