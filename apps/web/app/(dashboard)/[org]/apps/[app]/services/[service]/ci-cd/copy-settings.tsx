"use client";

import type { ServiceRow } from "@branchline/core/services/queries";
import { Checkbox, Group, Stack } from "@mantine/core";
import { useActionState } from "react";
import { Panel } from "@/components/panel";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  serviceId: string;
  /** The other services of the repository. */
  siblings: ServiceRow[];
};

export function CopySettings({ action, serviceId, siblings }: Props) {
  const [state, submit] = useActionState(action, idle);
  if (siblings.length === 0) return null;
  return (
    <Panel
      title="Copy to other services of the repository"
      text="They get the saved branch deploys, trigger directories and switches, and are enabled. Each keeps its base directory."
    >
      <form action={submit}>
        <input type="hidden" name="serviceId" value={serviceId} />
        <Stack gap="xs">
          <RefusalNote message={messageOf(state) ?? errorOf(state, "toServiceIds") ?? null} />
          {siblings.map((sibling) => (
            <Checkbox
              key={sibling.serviceId}
              name="toServiceIds"
              value={sibling.serviceId}
              label={`${sibling.service} (/${sibling.baseDirectory})`}
              description={sibling.enabled ? "Replaces its own settings" : "Enables CI/CD"}
            />
          ))}
          <Group gap="sm">
            <SubmitButton variant="default">Copy settings</SubmitButton>
            {state.status === "done" && <span role="status">Copied.</span>}
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
