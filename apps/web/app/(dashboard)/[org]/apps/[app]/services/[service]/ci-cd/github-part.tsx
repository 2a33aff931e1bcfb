import { Anchor, Group, Text } from "@mantine/core";
import { IconBrandGithub } from "@tabler/icons-react";
import { Link } from "@/components/link";
import { SubmitButton } from "@/components/submit-button";
import type { World } from "./settings";

type Props = { world: World; connect: () => Promise<void>; mayConnect: boolean };

export function GitHubPart({ world, connect, mayConnect }: Props) {
  const { accounts, repositories, slug } = world;
  if (repositories.length > 0) {
    const count = repositories.length === 1 ? "1 repository" : `${repositories.length} repositories`;
    return (
      <Group gap="xs">
        <Text size="sm">
          {accounts.join(", ")}: {count} of it can be deployed.
        </Text>
        <Anchor component={Link} href={`/${slug}/settings/github`} size="sm">
          Change in the GitHub settings
        </Anchor>
      </Group>
    );
  }
  return (
    <form action={connect}>
      <Text size="sm" c="dimmed" mb="sm">
        {mayConnect
          ? "Install the GitHub App on the account that holds the repository, and choose it there."
          : "Connecting GitHub needs the role admin. Ask an admin of this organization."}
      </Text>
      <SubmitButton disabled={!mayConnect} leftSection={<IconBrandGithub size={16} aria-hidden />}>
        Connect GitHub
      </SubmitButton>
    </form>
  );
}
