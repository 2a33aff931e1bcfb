import type { OwnInvitation } from "@branchline/core/invitations/queries";
import type { OrganizationOfUser } from "@branchline/core/organizations/queries";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@/components/link";
import { Logo } from "@/components/logo";
import { SubmitButton } from "@/components/submit-button";
import type { SignedIn } from "@/lib/session";
import classes from "./outside.module.css";
import { OwnInvitations } from "./own-invitations";
import { signOut } from "./sign-in";

type Props = { organizations: OrganizationOfUser[]; invitations: OwnInvitation[]; user: SignedIn };

export function OrganizationChoice({ organizations, invitations, user }: Props) {
  return (
    <main className={classes.outside}>
      <Stack gap="md" className={classes.card}>
        <Logo />
        <Title order={1}>{organizations.length === 0 ? "Join an organization" : "Choose an organization"}</Title>
        <OwnInvitations invitations={invitations} />
        {organizations.length > 0 && (
          <Stack gap={6}>
            {organizations.map(({ slug, name, role }) => (
              <Link key={slug} href={`/${slug}`} className={classes.choice}>
                <Text fw={500}>{name}</Text>
                <Text c="dimmed" size="sm">
                  {role}
                </Text>
              </Link>
            ))}
          </Stack>
        )}
        <Group justify="space-between">
          <Button component={Link} href="/new" variant="default">
            New organization
          </Button>
          <form action={signOut}>
            <SubmitButton variant="subtle" color="gray">
              Sign out {user.login}
            </SubmitButton>
          </form>
        </Group>
      </Stack>
    </main>
  );
}
