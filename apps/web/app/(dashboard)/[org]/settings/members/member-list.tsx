"use client";

import type { MemberRow } from "@branchline/core/members/queries";
import { Avatar, Stack } from "@mantine/core";
import { useActionState } from "react";
import { RefusalNote } from "@/components/refusal-note";
import { When } from "@/components/when";
import { type ActionState, errorOf, idle, messageOf } from "@/lib/action-state";
import { EndMembership, RoleChoice } from "./member-controls";
import classes from "./members.module.css";

export type Action = (state: ActionState, form: FormData) => Promise<ActionState>;

type Props = {
  members: MemberRow[];
  /** The asker's userId. */
  self: string;
  /** Roles that the asker may give; none hides the controls. */
  givable: readonly string[];
  changeRole: Action;
  remove: Action;
  leave: Action;
};

export function MemberList({ members, self, givable, changeRole, remove, leave }: Props) {
  const [changed, submitRole] = useActionState(changeRole, idle);
  const [removed, submitRemove] = useActionState(remove, idle);
  const [left, submitLeave] = useActionState(leave, idle);
  const refusal =
    [changed, removed, left].map((state) => messageOf(state) ?? errorOf(state, "role")).find(Boolean) ?? null;
  return (
    <Stack gap="xs">
      <RefusalNote message={refusal} />
      <ul className={classes.list}>
        {members.map((member) => (
          <li key={member.memberId} className={classes.row}>
            <Avatar src={member.image} alt="" size={32} name={member.name} aria-hidden />
            <div className={classes.who}>
              <div className={classes.name}>
                {member.name}
                {member.userId === self ? " (you)" : ""}
              </div>
              <div className={classes.quiet}>
                {member.login ?? member.email} · joined <When at={member.joinedAt} />
              </div>
            </div>
            <div className={classes.controls}>
              {givable.includes(member.role) ? (
                <RoleChoice member={member} givable={givable} submit={submitRole} />
              ) : (
                <span className={classes.quiet}>{member.role}</span>
              )}
              {member.userId === self ? (
                <EndMembership member={member} isSelf submit={submitLeave} />
              ) : (
                givable.includes(member.role) && <EndMembership member={member} isSelf={false} submit={submitRemove} />
              )}
            </div>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
