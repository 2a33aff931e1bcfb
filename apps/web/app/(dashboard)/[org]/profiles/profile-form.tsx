"use client";

import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { regions } from "@branchline/core/deploy-profiles/regions";
import { Group, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { type ActionState, errorOf, idle, messageOf, typedOr } from "@/lib/action-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  /** Null for a new one. */
  profile: DeployProfileView | null;
};

const regionOptions = regions.map(({ region, name }) => ({ value: region, label: `${region}, ${name}` }));
const mono = { input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } };

export function ProfileForm({ action, profile }: Props) {
  const [state, submit] = useActionState(action, idle);
  const region = typedOr(state, "region", profile?.region ?? "us-east-1");
  return (
    <form action={submit} noValidate>
      <Stack gap="md" maw={620}>
        <RefusalNote message={messageOf(state)} />
        {profile === null ? (
          <TextInput
            name="name"
            label="Name"
            description="What branch deploys call it, such as staging."
            defaultValue={typedOr(state, "name", "")}
            error={errorOf(state, "name")}
          />
        ) : (
          <input type="hidden" name="deployProfileId" value={profile.deployProfileId} />
        )}
        <TextInput
          name="roleArn"
          label="Role ARN"
          description={
            profile === null
              ? "Leave it empty when the role does not exist yet."
              : "Another role has to be tested before anything is deployed with it."
          }
          placeholder="arn:aws:iam::123456789012:role/branchline-deploy"
          defaultValue={typedOr(state, "roleArn", profile?.roleArn ?? "")}
          error={errorOf(state, "roleArn")}
          styles={mono}
          spellCheck={false}
        />
        <NativeSelect
          key={region}
          name="region"
          label="Region"
          data={regionOptions}
          defaultValue={region}
          error={errorOf(state, "region")}
        />
        <LimitFields state={state} profile={profile} />
        <Group gap="sm">
          <SubmitButton>{profile === null ? "Add deploy profile" : "Save settings"}</SubmitButton>
          {state.status === "done" && <span role="status">Saved.</span>}
        </Group>
      </Stack>
    </form>
  );
}

function LimitFields({ state, profile }: { state: ActionState; profile: DeployProfileView | null }) {
  return (
    <>
      <Textarea
        name="allowedBranches"
        label="Allowed branches"
        description="One to a line; * stands for part of a name, ** for slashes too. Empty allows every branch."
        placeholder={"main\nrelease/*"}
        autosize
        minRows={2}
        defaultValue={typedOr(state, "allowedBranches", profile?.allowedBranches.join("\n") ?? "")}
        error={errorBeneath(state, "allowedBranches")}
        styles={mono}
      />
      <TextInput
        name="stagePattern"
        label="Stage pattern"
        description="Stages that may be deployed with it; * allows every stage."
        defaultValue={typedOr(state, "stagePattern", profile?.stagePattern ?? "*")}
        error={errorOf(state, "stagePattern")}
        styles={mono}
      />
      <Textarea
        name="deployHosts"
        label="Extra hosts"
        description="One to a line, such as api.example.com or *.example.com: what serverless deploy may reach besides package registries and AWS."
        autosize
        minRows={2}
        defaultValue={typedOr(state, "deployHosts", profile?.deployHosts.join("\n") ?? "")}
        error={errorBeneath(state, "deployHosts")}
        styles={mono}
      />
    </>
  );
}

/** The first error of a list's rows, which one field shows. */
function errorBeneath(state: ActionState, field: string): string | undefined {
  if (state.status !== "refused") return undefined;
  const path = Object.keys(state.fields).find((name) => name === field || name.startsWith(`${field}.`));
  return path === undefined ? undefined : state.fields[path];
}
