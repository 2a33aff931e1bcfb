"use client";

import type { MemberRow } from "@branchline/core/members/queries";
import { Button, NativeSelect, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";

type Submit = (form: FormData) => void;

const rights: Record<string, string> = {
  viewer: "look at everything here, and change nothing",
  developer: "deploy, cancel, and change services, parameters and CI/CD settings",
  admin: "also decide where may be deployed to, invite people, and remove them",
  owner: "do everything here, also to you",
};

/** A key that goes through the choices must not make an owner on its way: the role changes once that is confirmed. */
export function RoleChoice(props: { member: MemberRow; givable: readonly string[]; submit: Submit }) {
  const { member, givable, submit } = props;
  const [chosen, setChosen] = useState<string>(member.role);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <NativeSelect
        aria-label={`Role of ${member.name}`}
        data={[...givable]}
        value={member.role}
        onChange={({ currentTarget: { value } }) => {
          setChosen(value);
          open();
        }}
      />
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Make ${member.name} ${/^[aeiou]/.test(chosen) ? "an" : "a"} ${chosen}`}
        submit={submit}
        subject={{ name: "memberId", value: member.memberId }}
        confirm="Change role"
        isDanger={false}
      >
        <input type="hidden" name="role" value={chosen} />
        <Text>They may then {rights[chosen]}. It holds from their next click on.</Text>
      </ConfirmDialog>
    </>
  );
}

/** Leaves, or removes somebody else. */
export function EndMembership({ member, isSelf, submit }: { member: MemberRow; isSelf: boolean; submit: Submit }) {
  const [opened, { open, close }] = useDisclosure(false);
  const { memberId, name } = member;
  return (
    <>
      <Button variant="default" onClick={open} aria-label={isSelf ? "Leave organization" : `Remove member ${name}`}>
        {isSelf ? "Leave organization" : "Remove member"}
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
