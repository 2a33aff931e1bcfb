"use client";

import { Alert, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { CopyField } from "@/components/copy-field";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf, typedOr } from "@/lib/action-state";
import type { Invited } from "./actions";

type Props = {
  action: (state: ActionState<Invited>, form: FormData) => Promise<ActionState<Invited>>;
  roles: readonly string[];
  webUrl: string;
};

export function InviteForm({ action, roles, webUrl }: Props) {
  const [state, submit] = useActionState(action, idle);
  const role = typedOr(state, "role", "developer");
  return (
    <form action={submit} noValidate>
      <Stack gap="sm">
        <RefusalNote message={messageOf(state)} />
        <Group align="flex-start" gap="sm">
          <TextInput
            name="email"
            type="email"
            label="E-mail address"
            placeholder="ada@example.com"
            defaultValue={typedOr(state, "email", "")}
            error={errorOf(state, "email")}
            w={300}
          />
          <NativeSelect
            key={role}
            name="role"
            label="Role"
            data={[...roles]}
            defaultValue={role}
            error={errorOf(state, "role")}
          />
          <SubmitButton mt={21}>Create invitation</SubmitButton>
        </Group>
        {state.status === "done" && <InvitationLink {...state.result} webUrl={webUrl} />}
      </Stack>
    </form>
  );
}

function InvitationLink({ token, email, webUrl }: Invited & { webUrl: string }) {
  return (
    <Alert color="indigo" variant="light" title={`Send this link to ${email}`}>
      <Stack gap={6}>
        It is shown this once: we keep only its fingerprint.
        <CopyField label="Invitation link" value={`${webUrl}/invitations/${token}`} />
      </Stack>
    </Alert>
  );
}
