"use client";

import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useActionState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Panel } from "@/components/panel";
import { RefusalNote } from "@/components/refusal-note";
import { type ActionState, idle, messageOf } from "@/lib/action-state";

type Props = {
  profile: DeployProfileView;
  inUse: boolean;
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
};

export function RemoveProfile({ profile, inUse, action }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const [state, submit] = useActionState(action, idle);
  return (
    <Panel
      title="Remove"
      text={
        inUse
          ? "Give its branch deploys another profile first."
          : "The role in AWS stays; its external id is never used again."
      }
    >
      <Stack gap="sm" align="flex-start">
        <RefusalNote message={messageOf(state)} />
        <Button variant="default" disabled={inUse} onClick={open}>
          Remove deploy profile
        </Button>
      </Stack>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Remove ${profile.slug}`}
        submit={submit}
        subject={{ name: "deployProfileId", value: profile.deployProfileId }}
        confirm="Remove deploy profile"
      >
        <Text>
          Nothing can be deployed with {profile.slug} afterwards. This can't be undone: a new profile gets another
          external id.
        </Text>
      </ConfirmDialog>
    </Panel>
  );
}
