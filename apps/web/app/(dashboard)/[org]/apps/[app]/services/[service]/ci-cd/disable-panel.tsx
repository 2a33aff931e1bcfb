"use client";

import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useActionState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Panel } from "@/components/panel";
import { RefusalNote } from "@/components/refusal-note";
import { type ActionState, idle, messageOf } from "@/lib/action-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  serviceId: string;
  service: string;
};

export function DisablePanel({ action, serviceId, service }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const [state, submit] = useActionState(action, idle);
  return (
    <Panel title="Disable CI/CD" text="Merges deploy this service no more. The settings stay for another day.">
      <Stack gap="sm" align="flex-start">
        <RefusalNote message={messageOf(state)} />
        <Button variant="default" onClick={open}>
          Disable CI/CD
        </Button>
      </Stack>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Disable CI/CD of ${service}`}
        submit={submit}
        subject={{ name: "serviceId", value: serviceId }}
        confirm="Disable CI/CD"
      >
        <Text>No merge deploys {service} until it is enabled again. What is deployed in AWS stays as it is.</Text>
      </ConfirmDialog>
    </Panel>
  );
}
