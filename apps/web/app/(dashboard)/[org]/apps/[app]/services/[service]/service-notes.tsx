import type { ServiceView } from "@branchline/core/services/queries";
import { Alert, Anchor, Stack } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@/components/link";
import { When } from "@/components/when";

/** What stands between the service and its next deployment. */
export function ServiceNotes({ service, settingsHref }: { service: ServiceView; settingsHref: string }) {
  const { repositoryRemoved, repository, goneAt, configFile, baseDirectory, unreadBecause } = service;
  return (
    <Stack gap="xs" mb={repositoryRemoved || goneAt !== null || unreadBecause !== null ? "md" : 0}>
      {repositoryRemoved && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
          The GitHub App can no longer read {repository}, so nothing of it can be deployed. Grant it again in the{" "}
          <Anchor component={Link} href={settingsHref} underline="always" size="sm">
            GitHub settings
          </Anchor>
          .
        </Alert>
      )}
      {goneAt !== null && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {configFile ?? "serverless.yml"} is no longer in <code>/{baseDirectory}</code>: the scan <When at={goneAt} />{" "}
          did not find it.
        </Alert>
      )}
      {unreadBecause !== null && (
        <Alert color="gray" variant="light" icon={<IconInfoCircle size={18} aria-hidden />}>
          The names in {configFile ?? "serverless.yml"} were not read: {unreadBecause} The service got its directory's
          name.
        </Alert>
      )}
    </Stack>
  );
}
