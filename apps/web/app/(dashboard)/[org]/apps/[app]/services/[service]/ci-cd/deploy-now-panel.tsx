import { isGlob, ownStage } from "@branchline/core/branch-mappings/rules";
import type { ServiceView } from "@branchline/core/services/queries";
import { Stack, Text } from "@mantine/core";
import { Panel } from "@/components/panel";
import { type DeployAction, DeployNow } from "../deploy-now";

/** The first deployment need not wait for a merge. */
export function DeployNowPanel({ service, action }: { service: ServiceView; action: DeployAction }) {
  const rows = service.branchDeploys.filter(({ branch }) => !isGlob(branch));
  if (rows.length === 0) return null;
  return (
    <Panel
      title="Deploy now"
      text="Deploys what the branch holds at this moment, as a merge into it would, or an earlier commit of it."
    >
      <Stack gap="lg">
        {rows.map(({ branch, stage, profile }) => (
          <Stack key={branch} gap={4}>
            <Text size="sm">
              <code>{branch}</code> to {stage === ownStage ? "a stage of its own" : <code>{stage}</code>} in{" "}
              {profile.accountId ?? "an account not yet known"}, {profile.region}
            </Text>
            <DeployNow action={action} serviceId={service.serviceId} branch={branch} stage={stage} takesCommit />
          </Stack>
        ))}
      </Stack>
    </Panel>
  );
}
