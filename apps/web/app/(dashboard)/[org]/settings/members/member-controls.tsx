"use client";

import type { MemberRow } from "@branchline/core/members/queries";
import { Button, NativeSelect, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { startTransition } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";

type Submit = (form: FormData) => void;

export function RoleChoice(props: { member: MemberRow; givable: readonly string[]; submit: Submit }) {
  const { member, givable, submit } = props;
  const choose = (chosen: string) => {
    const form = new FormData();
    form.set("memberId", member.memberId);
    form.set("role", chosen);
    startTransition(() => submit(form));
  };
  return (
    <NativeSelect
      aria-label={`Role of ${member.name}`}
      data={[...givable]}
      value={member.role}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

/** Leaves, or removes somebody else. */
export function EndMembership({ member, isSelf, submit }: { member: MemberRow; isSelf: boolean; submit: Submit }) {
  const [opened, { open, close }] = useDisclosure(false);
  const { memberId, name } = member;
  return (
    <>
      <Button variant="default" onClick={open} aria-label={isSelf ? "Leave organization" : `Remove ${name}`}>
        {isSelf ? "Leave" : "Remove"}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={isSelf ? "Leave the organization" : `Remove ${name}`}
        submit={submit}
        subject={{ name: "memberId", value: memberId }}
        confirm={isSelf ? "Leave organization" : "Remove member"}
      >
        <Text>
          {isSelf ? "You lose" : `${name} loses`} access to every service, deployment and log of this organization at
          once. What {isSelf ? "you" : "they"} deployed stays.
          {isSelf && " To come back, you need a new invitation."}
        </Text>
      </ConfirmDialog>
    </>
  );
}
