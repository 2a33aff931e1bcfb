import type { OwnInvitation } from "@branchline/core/invitations/queries";
import { Stack, Text, Title } from "@mantine/core";
import { When } from "@/components/when";
import { AcceptForm } from "./invitations/[token]/accept-form";
import { acceptOwn } from "./invitations/[token]/actions";
import classes from "./outside.module.css";

/** What waits for the person's answer; the link that was sent to them does the same. */
export function OwnInvitations({ invitations }: { invitations: OwnInvitation[] }) {
  if (invitations.length === 0) return null;
  return (
    <Stack gap={6} component="section" aria-labelledby="invitations">
      <Title order={2} id="invitations">
        {invitations.length === 1 ? "You are invited" : `You have ${invitations.length} invitations`}
      </Title>
      <ul className={classes.invitations}>
        {invitations.map(({ invitationId, organizationName, role, invitedBy, expiresAt }) => (
          <li key={invitationId} className={classes.invitation}>
            <div className={classes.offer}>
              <Text fw={500}>{organizationName}</Text>
              <Text c="dimmed" size="sm">
                {role}, invited by {invitedBy}
              </Text>
              <Text c="dimmed" size="sm">
                expires <When at={expiresAt} />
              </Text>
            </div>
            <AcceptForm
              action={acceptOwn.bind(null, invitationId)}
              label="Accept invitation"
              ariaLabel={`Accept invitation to ${organizationName}`}
            />
          </li>
        ))}
      </ul>
    </Stack>
  );
}
