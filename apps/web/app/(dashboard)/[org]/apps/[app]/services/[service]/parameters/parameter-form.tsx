"use client";

import { Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useActionState, useState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf, typedOr } from "@/lib/action-state";

type Action = (state: ActionState, form: FormData) => Promise<ActionState>;
type Props = {
  action: Action;
  serviceId: string;
  stages: string[];
  /** Logs hide no value that is shorter. */
  hiddenFromBytes: number;
};

const mono = { input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } };

export function ParameterForm({ action, serviceId, stages, hiddenFromBytes }: Props) {
  // The value never comes back from the server, so a refused form keeps it here, and only here.
  const [value, setValue] = useState("");
  const [state, submit] = useActionState<ActionState, FormData>(async (before, form) => {
    const after = await action(before, form);
    if (after.status === "done") setValue("");
    return after;
  }, idle);
  const stage = typedOr(state, "stage", "");
  const inBuild = typedOr(state, "inBuildEnvironment", "");
  const isPlain = typedOr(state, "isPlain", "");
  const bytes = new TextEncoder().encode(value.trim()).length;
  const isTooShort = bytes > 0 && bytes < hiddenFromBytes;
  const everywhere = { value: "", label: "Every stage" };
  return (
    <form action={submit} noValidate autoComplete="off">
      <input type="hidden" name="serviceId" value={serviceId} />
      <Stack gap="sm" mt="md">
        <RefusalNote message={messageOf(state)} />
        <Group align="flex-start" gap="sm">
          <TextInput
            name="name"
            label="Name"
            defaultValue={typedOr(state, "name", "")}
            error={errorOf(state, "name")}
            styles={mono}
            w={220}
          />
          <NativeSelect
            key={stage}
            name="stage"
            label="Stage"
            data={[everywhere, ...stages.map((name) => ({ value: name, label: name }))]}
            defaultValue={stage}
            error={errorOf(state, "stage")}
            w={160}
          />
          <Textarea
            name="value"
            label="Value"
            autosize
            minRows={1}
            maxRows={6}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            description={
              isTooShort && `Logs show it: values of fewer than ${hiddenFromBytes} characters are not hidden.`
            }
            inputWrapperOrder={["label", "input", "description", "error"]}
            error={errorOf(state, "sealedValue")}
            styles={mono}
            flex={1}
            miw={220}
          />
        </Group>
        <Group justify="space-between">
          <Stack gap={8}>
            <Checkbox
              name="inBuildEnvironment"
              label="Also an environment variable of the build, which install scripts can read"
              key={`build ${inBuild}`}
              defaultChecked={inBuild === "on"}
            />
            <Checkbox
              name="isPlain"
              label="Not a secret: logs and outputs show it"
              key={`plain ${isPlain}`}
              defaultChecked={isPlain === "on"}
            />
          </Stack>
          <Group gap="sm">
            {state.status === "done" && <span role="status">Sealed.</span>}
            <SubmitButton>Set parameter</SubmitButton>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
