"use client";

import type { ParameterRow } from "@branchline/core/parameters/queries";
import { Text } from "@mantine/core";
import { useActionState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { RowTable } from "@/components/row-table";
import { SubmitButton } from "@/components/submit-button";
import { When } from "@/components/when";
import { type ActionState, idle, messageOf } from "@/lib/action-state";

type Props = {
  parameters: ParameterRow[];
  /** Null for somebody who may only look. */
  action: ((state: ActionState, form: FormData) => Promise<ActionState>) | null;
};

const nothing = async (): Promise<ActionState> => idle;

export function ParameterList({ parameters, action }: Props) {
  const [state, submit] = useActionState(action ?? nothing, idle);
  if (parameters.length === 0) return <Text c="dimmed">No parameter is set.</Text>;
  const rows = parameters.map((parameter) => {
    const { parameterId, name, stage, inBuildEnvironment, isSecret, updatedAt, updatedByName } = parameter;
    return {
      key: parameterId,
      cells: [
        <code key="name">{name}</code>,
        stage === null ? "every stage" : <code key="stage">{stage}</code>,
        inBuildEnvironment ? "yes" : "no",
        isSecret ? "hidden" : "shown",
        <span key="set">
          <When at={updatedAt} /> by {updatedByName}
        </span>,
        action !== null && <RemoveParameter key="remove" parameter={parameter} submit={submit} />,
      ],
    };
  });
  return (
    <>
      <RefusalNote message={messageOf(state)} />
      <RowTable columns={["Name", "Stage", "Build environment", "In logs", "Set", null]} rows={rows} />
    </>
  );
}

function RemoveParameter({ parameter, submit }: { parameter: ParameterRow; submit: (form: FormData) => void }) {
  const { parameterId, name, stage } = parameter;
  return (
    <form action={submit}>
      <input type="hidden" name="parameterId" value={parameterId} />
      <SubmitButton
        variant="default"
        size="compact-sm"
        aria-label={`Remove parameter ${name} of ${stage ?? "every stage"}`}
      >
        Remove parameter
      </SubmitButton>
    </form>
  );
}
