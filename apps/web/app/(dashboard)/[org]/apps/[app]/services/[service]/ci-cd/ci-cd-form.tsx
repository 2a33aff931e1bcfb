"use client";

import { Alert, Button, Group } from "@mantine/core";
import { startTransition, useActionState, useState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { type ActionState, idle, messageOf } from "@/lib/action-state";
import { BranchDeploysPart } from "./branch-deploys-part";
import { GitHubPart } from "./github-part";
import { Part } from "./part";
import { RepositoryPart } from "./repository-part";
import { type Change, completeParts, inputOf, type Settings, type World } from "./settings";
import { TriggersPart } from "./triggers-part";

type Props = {
  action: (state: ActionState, input: unknown) => Promise<ActionState>;
  connect: () => Promise<void>;
  world: World;
  serviceId: string;
  initial: Settings;
  enabled: boolean;
  readOnly: boolean;
  mayConnect: boolean;
};

/** One page, four numbered parts: each opens when the one before it is complete, and all stay editable. */
export function CiCdForm({ action, connect, world, serviceId, initial, enabled, readOnly, mayConnect }: Props) {
  const [settings, setSettings] = useState(initial);
  const [state, submit, pending] = useActionState(action, idle);
  const change: Change = (part) => setSettings((before) => ({ ...before, ...part }));
  const complete = completeParts(settings, world);
  const errors = state.status === "refused" ? state.fields : {};
  const part = (number: number) => ({ number, done: complete >= number, open: complete >= number - 1 });
  const choices = { settings, change, world, errors };
  return (
    <>
      <Part {...part(1)} title="Connect GitHub">
        <GitHubPart world={world} connect={connect} mayConnect={mayConnect} />
      </Part>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          startTransition(() => submit(inputOf(serviceId, settings)));
        }}
      >
        <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <Part {...part(2)} title="Repository and base directory">
            <RepositoryPart {...choices} />
          </Part>
          <Part {...part(3)} title="Branch deploys">
            <BranchDeploysPart {...choices} />
          </Part>
          <Part {...part(4)} title="Trigger directories and tests">
            <TriggersPart {...choices} />
          </Part>
          <RefusalNote message={messageOf(state) ?? summaryOf(errors)} />
          <Group my="md" gap="sm">
            <Button type="submit" loading={pending} disabled={complete < 4}>
              {enabled ? "Save settings" : "Save and enable CI/CD"}
            </Button>
            {complete < 4 && <span>Complete the part that is open first.</span>}
          </Group>
          {state.status === "done" && (
            <Alert role="status" color="green" variant="light" mb="md">
              Saved. The next merge into one of these branches deploys the service; below you can deploy now.
            </Alert>
          )}
        </fieldset>
      </form>
    </>
  );
}

function summaryOf(errors: Record<string, string>): string | null {
  const count = Object.keys(errors).length;
  if (count === 0) return null;
  return count === 1 ? "One field has to be corrected." : `${count} fields have to be corrected.`;
}
