"use client";

import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useActionState } from "react";
import { Dialog } from "@/components/dialog";
import { RefusalText } from "@/components/refusal-text";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  deploymentId: string;
  number: number;
  stackName: string;
  accountId: string | null;
};

/** Cancels a deployment that creates its stack, which asks what shall become of the stack. */
export function CancelCreation({ action, deploymentId, number, stackName, accountId }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const [state, submit] = useActionState(action, idle);
  return (
    <div>
      <Button size="sm" variant="default" c="var(--mantine-color-error)" onClick={open}>
        Cancel deployment
      </Button>
      <RefusalText message={messageOf(state) ?? errorOf(state, "deploymentId")} mt={4} maw={260} />
      <Dialog opened={opened} onClose={close} title={`Cancel deployment #${number}`}>
        <form action={submit} onSubmit={close}>
          <input type="hidden" name="deploymentId" value={deploymentId} />
          <Stack gap="md">
            <Text>
              It is creating the stack <code>{stackName}</code> in account <code>{accountId ?? "not known"}</code>.
              CloudFormation can't stop a creation: it goes on to its end, and the stack stays.
            </Text>
            <Checkbox
              name="deletesStack"
              value="true"
              label="Delete the stack instead"
              description="With every resource that it has created so far. What they hold is lost."
            />
          </Stack>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              Keep deploying
            </Button>
            <SubmitButton color="red">Cancel deployment</SubmitButton>
          </Group>
        </form>
      </Dialog>
    </div>
  );
}
