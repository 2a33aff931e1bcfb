"use client";

import type { ParameterRow } from "@branchline/core/parameters/queries";
import { Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Text, VisuallyHidden } from "@mantine/core";
import { useActionState } from "react";
import panel from "@/components/panel.module.css";
import { RefusalNote } from "@/components/refusal-note";
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
  return (
    <div className={panel.scroll}>
      <RefusalNote message={messageOf(state)} />
      <Table verticalSpacing={6}>
        <TableThead>
          <TableTr>
            <TableTh>Name</TableTh>
            <TableTh>Stage</TableTh>
            <TableTh>Build environment</TableTh>
            <TableTh>Set</TableTh>
            <TableTh>
              <VisuallyHidden>Actions</VisuallyHidden>
            </TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {parameters.map(({ parameterId, name, stage, inBuildEnvironment, updatedAt, updatedByName }) => (
            <TableTr key={parameterId}>
              <TableTd>
                <code>{name}</code>
              </TableTd>
              <TableTd>{stage === null ? "every stage" : <code>{stage}</code>}</TableTd>
              <TableTd>{inBuildEnvironment ? "yes" : "no"}</TableTd>
              <TableTd>
                <When at={updatedAt} /> by {updatedByName}
              </TableTd>
              <TableTd>
                {action !== null && (
                  <form action={submit}>
                    <input type="hidden" name="parameterId" value={parameterId} />
                    <SubmitButton
                      variant="default"
                      size="compact-sm"
                      aria-label={`Remove ${name} of ${stage ?? "every stage"}`}
                    >
                      Remove
                    </SubmitButton>
                  </form>
                )}
              </TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </div>
  );
}
