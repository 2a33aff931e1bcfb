"use client";

import { Group, Stack, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { RefusalText } from "@/components/refusal-text";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf, typedOr } from "@/lib/action-state";

export type DeployAction = (state: ActionState, form: FormData) => Promise<ActionState>;

type Props = {
  action: DeployAction;
  serviceId: string;
  branch: string;
  stage: string;
  /** Whether it also takes another commit than the head. */
  takesCommit?: boolean;
};

/** Deploys the branch's head, as a merge would, or an earlier commit of it. */
export function DeployNow({ action, serviceId, branch, stage, takesCommit = false }: Props) {
  const [state, submit] = useActionState(action, idle);
  const refusal = messageOf(state) ?? errorOf(state, "branch");
  return (
    <form action={submit}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="branch" value={branch} />
      <Stack gap={4} align="flex-start">
        <Group gap="sm" align="flex-end">
          {takesCommit && <CommitField branch={branch} state={state} />}
          <SubmitButton variant="default" aria-label={`Deploy now: ${branch} to ${stage}`}>
            Deploy now
          </SubmitButton>
        </Group>
        <RefusalText message={refusal} />
      </Stack>
    </form>
  );
}

function CommitField({ branch, state }: Pick<Props, "branch"> & { state: ActionState }) {
  return (
    <TextInput
      name="commit"
      label={`Commit of ${branch}`}
      description="Its SHA, or the first 7 characters or more. Empty: the branch's head."
      defaultValue={typedOr(state, "commit", "")}
      error={errorOf(state, "commit")}
      // The button stands beside the input, so what is wrong with it comes before it.
      inputWrapperOrder={["label", "description", "error", "input"]}
      maxLength={40}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
