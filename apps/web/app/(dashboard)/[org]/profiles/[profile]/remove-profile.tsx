"use client";

import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useActionState } from "react";
import { Dialog } from "@/components/dialog";
import { Panel } from "@/components/panel";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
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
      <Dialog opened={opened} onClose={close} title={`Remove ${profile.slug}`}>
        <form action={submit} onSubmit={close}>
          <input type="hidden" name="deployProfileId" value={profile.deployProfileId} />
          <Text>
            Nothing can be deployed with {profile.slug} afterwards. This can't be undone: a new profile gets another
            external id.
          </Text>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <SubmitButton color="red">Remove deploy profile</SubmitButton>
          </Group>
        </form>
      </Dialog>
    </Panel>
  );
}
