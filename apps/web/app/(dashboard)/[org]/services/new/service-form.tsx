"use client";

import { NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf, typedOr } from "@/lib/action-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  repositories: { value: string; label: string }[];
};

export function ServiceForm({ action, repositories }: Props) {
  const [state, submit] = useActionState(action, idle);
  const repositoryId = typedOr(state, "repositoryId", repositories[0]?.value ?? "");
  const field = (name: string) => ({ name, defaultValue: typedOr(state, name, ""), error: errorOf(state, name) });
  return (
    <form action={submit} noValidate>
      <Stack gap="md" maw={620}>
        <RefusalNote message={messageOf(state)} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            {...field("app")}
            label="App"
            description="Groups services that share stages."
            placeholder="shop"
          />
          <TextInput
            {...field("service")}
            label="Service"
            description="As in its serverless.yml."
            placeholder="orders"
          />
        </SimpleGrid>
        <NativeSelect
          key={repositoryId}
          name="repositoryId"
          label="Repository"
          data={repositories}
          defaultValue={repositoryId}
          error={errorOf(state, "repositoryId")}
        />
        <TextInput
          {...field("baseDirectory")}
          label="Base directory"
          description="Holds the serverless.yml, from the repository's root. Empty is the root itself."
          placeholder="services/orders"
        />
        <div>
          <SubmitButton>Add service</SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
