"use client";

import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { Group, Stack, Text } from "@mantine/core";
import { useActionState } from "react";
import { Link } from "@/components/link";
import { Panel } from "@/components/panel";
import { RefreshWhile } from "@/components/refresh-while";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { When } from "@/components/when";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";
import { ProbeList } from "./probe-list";

type Props = {
  slug: string;
  profile: DeployProfileView & { waiting: number };
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  mayProve: boolean;
};

const pollMs = 500;

/** Test this role: what is tried appears line by line, each with what to change when it failed. */
export function ProofPanel({ slug, profile, action, mayProve }: Props) {
  const [state, submit] = useActionState(action, idle);
  const { roleArn, proofStartedAt, proofEndedAt, provenAt } = profile;
  const running = proofStartedAt !== null && proofEndedAt === null;
  return (
    <Panel
      id="proof"
      title="Proof"
      text="A role is proven when it lets us in with the external id, keeps everybody out without it, and is of the right account."
    >
      <RefreshWhile active={running} everyMs={pollMs} />
      <Stack gap="sm">
        <RefusalNote message={messageOf(state) ?? errorOf(state, "roleArn") ?? null} />
        {proofStartedAt !== null && <ProbeList results={profile.proof} running={running} />}
        <Group gap="sm">
          <form action={submit}>
            <input type="hidden" name="deployProfileId" value={profile.deployProfileId} />
            <SubmitButton
              variant={provenAt === null ? "filled" : "default"}
              disabled={!mayProve || roleArn === null || running}
            >
              Test this role
            </SubmitButton>
          </form>
          <Text size="sm" c="dimmed" role="status">
            {running ? "The test runs." : <Verdict slug={slug} profile={profile} />}
          </Text>
        </Group>
      </Stack>
    </Panel>
  );
}

function Verdict({ slug, profile }: Pick<Props, "slug" | "profile">) {
  const { roleArn, provenAt, proofEndedAt, waiting } = profile;
  if (roleArn === null) return "Enter the role's ARN in the settings and save them first.";
  if (provenAt !== null) {
    return (
      <>
        Proven <When at={provenAt} />. Deployments may use it.
      </>
    );
  }
  const stands = proofEndedAt === null ? "Never tested." : "Not proven.";
  if (waiting === 0) return `${stands} Deployments with this profile wait until a test passes.`;
  return (
    <>
      {stands}{" "}
      <Link href={`/${slug}/deployments`} className="quiet-link">
        {waiting === 1 ? "1 deployment" : `${waiting} deployments`}
      </Link>{" "}
      {waiting === 1 ? "waits, and starts" : "wait, and start"} when a test passes.
    </>
  );
}
