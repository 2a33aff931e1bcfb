"use client";

import { Button, Checkbox, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useActionState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { RefusalText } from "@/components/refusal-text";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";
import { DeploymentButton } from "./deployment-button";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  deploymentId: string;
  number: number;
  /** Whether there is a choice of what becomes of the stack. */
  createsStack: boolean;
  stackName: string;
  accountId: string | null;
};

/** Cancels at once; a deployment that creates its stack asks first what shall become of it, until it is answered. */
export function CancelButton({ action, deploymentId, number, createsStack, stackName, accountId }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const [state, submit] = useActionState(action, idle);
  if (!createsStack && !opened)
    return <DeploymentButton action={action} deploymentId={deploymentId} label="Cancel deployment" isDanger />;
  return (
    <div>
      <Button size="sm" variant="default" c="var(--mantine-color-error)" onClick={open}>
        Cancel deployment
      </Button>
      <RefusalText message={messageOf(state) ?? errorOf(state, "deploymentId")} mt={4} maw={260} />
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Cancel deployment #${number}`}
        submit={submit}
        subject={{ name: "deploymentId", value: deploymentId }}
        confirm="Cancel deployment"
        keep="Keep deploying"
      >
        <Stack gap="md">
          <Text>
            It is creating the stack <code>{stackName}</code> in account <code>{accountId ?? "not known"}</code>.
            CloudFormation can't stop a creation: it goes on to its end, and the stack stays.
          </Text>
          <Checkbox
            name="deletesStack"
            value="true"
            label="Delete the stack instead"
            description="With all that it holds by then. A stack whose creation has ended meanwhile stays."
          />
        </Stack>
      </ConfirmDialog>
    </div>
  );
}
