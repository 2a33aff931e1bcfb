import type { ProfileUse } from "@branchline/core/deploy-profiles/queries";
import { Anchor, List, ListItem, Text } from "@mantine/core";
import { Link } from "@/components/link";

export function UseList({ slug, uses }: { slug: string; uses: ProfileUse[] }) {
  if (uses.length === 0) {
    return <Text c="dimmed">No branch deploy uses it yet. Choose it in a service's CI/CD settings.</Text>;
  }
  return (
    <List listStyleType="none" spacing={4}>
      {uses.map(({ app, service, branch, stage }) => (
        <ListItem key={`${app}/${service}/${branch}`}>
          <Anchor component={Link} underline="always" href={`/${slug}/apps/${app}/services/${service}/ci-cd`}>
            {service}
          </Anchor>
          : <code>{branch}</code> to <code>{stage}</code>
        </ListItem>
      ))}
    </List>
  );
}
