"use client";

import { slugOf } from "@branchline/core/organizations/rules";
import { Stack, TextInput } from "@mantine/core";
import { useActionState, useState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";

type Action = (state: ActionState, form: FormData) => Promise<ActionState>;

/** The address follows the name until somebody types one. */
export function OrganizationForm({ action }: { action: Action }) {
  const [state, submit] = useActionState(action, idle);
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  return (
    <form action={submit} noValidate>
      <Stack gap="sm">
        <RefusalNote message={messageOf(state)} />
        <TextInput
          name="name"
          label="Name"
          placeholder="Acme"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf(state, "name")}
          autoFocus
        />
        <TextInput
          name="slug"
          label="Address"
          description="Stands in every link to the organization, and stays."
          placeholder="acme"
          value={slug ?? slugOf(name)}
          onChange={(event) => setSlug(event.currentTarget.value)}
          error={errorOf(state, "slug")}
        />
        <SubmitButton>Create organization</SubmitButton>
      </Stack>
    </form>
  );
}
