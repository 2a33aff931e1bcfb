import { quickCreateUrl, trustPolicy } from "@branchline/aws/role";
import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { CopyField, CopyIcon } from "@/components/copy-field";
import { Panel } from "@/components/panel";
import { env } from "@/env";
import { platformAccountId } from "@/lib/platform";
import classes from "./profile.module.css";

/** How the customer's account lets us in: by our account and an external id that is ours to choose and nobody's to change. */
export function ConnectionPanel({ profile }: { profile: DeployProfileView }) {
  const { externalId } = profile;
  const principalArn = env().PLATFORM_AWS_PRINCIPAL_ARN;
  const policy = JSON.stringify(trustPolicy({ principalArn, externalId }), null, 2);
  return (
    <Panel
      title="Connection"
      text="Branchline assumes a role in your account. The role trusts our account, and only with this external id."
    >
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <CopyField label="Branchline's account" value={platformAccountId()} />
          <CopyField label="External id" value={externalId} />
        </SimpleGrid>
        <Group gap="sm">
          <Button
            component="a"
            href={createRoleUrl(profile)}
            target="_blank"
            rel="noreferrer"
            variant={profile.roleArn === null ? "filled" : "default"}
            rightSection={<IconExternalLink size={14} aria-hidden />}
          >
            Create role in AWS
          </Button>
          <Text size="sm" c="dimmed" flex={1} miw={220}>
            Opens CloudFormation in <code>{profile.region}</code> of the account that you are signed in to. Its output{" "}
            <code>RoleArn</code> belongs in the settings below.
          </Text>
        </Group>
        <details>
          <summary>Or create the role yourself with this trust policy</summary>
          <Group justify="flex-end" mt={4}>
            <CopyIcon label="trust policy" value={policy} />
          </Group>
          <pre className={classes.policy}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <code tabIndex={0}>{policy}</code>
          </pre>
        </details>
      </Stack>
    </Panel>
  );
}

function createRoleUrl({ region, externalId, slug }: DeployProfileView): string {
  const { WEB_URL, ROLE_TEMPLATE_URL, PLATFORM_AWS_PRINCIPAL_ARN } = env();
  return quickCreateUrl({
    region,
    templateUrl: ROLE_TEMPLATE_URL ?? `${WEB_URL}/api/role-template`,
    stackName: `branchline-${slug}`,
    parameters: {
      PrincipalArn: PLATFORM_AWS_PRINCIPAL_ARN,
      ExternalId: externalId,
      RoleName: `branchline-${slug}`,
    },
  });
}
