"use client";

import type { MemberRow } from "@branchline/core/members/queries";
import { Button, Group, NativeSelect, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { startTransition } from "react";
import { Dialog } from "@/components/dialog";
import { SubmitButton } from "@/components/submit-button";

type Props = {
  member: MemberRow;
  isSelf: boolean;
  givable: readonly string[];
  submitRole: (form: FormData) => void;
  submitRemove: (form: FormData) => void;
};

export function MemberControls({ member, isSelf, givable, submitRole, submitRemove }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const { memberId, name, role } = member;
  const choose = (chosen: string) => {
    const form = new FormData();
    form.set("memberId", memberId);
    form.set("role", chosen);
    startTransition(() => submitRole(form));
  };
  return (
    <>
      <NativeSelect
        aria-label={`Role of ${name}`}
        data={[...givable]}
        value={role}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <Button variant="default" onClick={open}>
        {isSelf ? "Leave" : "Remove"}
      </Button>
      <Dialog opened={opened} onClose={close} title={isSelf ? "Leave the organization" : `Remove ${name}`}>
        <form action={submitRemove} onSubmit={close}>
          <input type="hidden" name="memberId" value={memberId} />
          <Text>
            {isSelf ? "You lose" : `${name} loses`} access to every service, deployment and log of this organization at
            once. What {isSelf ? "you" : "they"} deployed stays.
          </Text>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <SubmitButton color="red">{isSelf ? "Leave organization" : "Remove member"}</SubmitButton>
          </Group>
        </form>
      </Dialog>
    </>
  );
}
