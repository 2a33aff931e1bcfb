"use client";

import type { InvitationRow } from "@branchline/core/invitations/queries";
import { Stack } from "@mantine/core";
import { useActionState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { When } from "@/components/when";
import { type ActionState, idle, messageOf } from "@/lib/action-state";
import classes from "./members.module.css";

type Action = (state: ActionState, form: FormData) => Promise<ActionState>;

export function InvitationList({ invitations, action }: { invitations: InvitationRow[]; action: Action }) {
  const [state, submit] = useActionState(action, idle);
  return (
    <Stack gap="xs">
      <RefusalNote message={messageOf(state)} />
      <ul className={classes.list}>
        {invitations.map(({ invitationId, email, role, invitedBy, expiresAt, state: openness }) => (
          <li key={invitationId} className={classes.row}>
            <div className={classes.who}>
              <div className={classes.name}>{email}</div>
              <div className={classes.quiet}>
                {role}, invited by {invitedBy}; {openness === "open" ? "expires" : "expired"} <When at={expiresAt} />
              </div>
            </div>
            <form action={submit}>
              <input type="hidden" name="invitationId" value={invitationId} />
              <SubmitButton variant="default" aria-label={`Revoke invitation of ${email}`}>
                Revoke invitation
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
