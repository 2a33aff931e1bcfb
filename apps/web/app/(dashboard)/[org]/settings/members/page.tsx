import { listInvitations } from "@branchline/core/invitations/queries";
import { listMembers } from "@branchline/core/members/queries";
import { roles } from "@branchline/core/permissions";
import type { Metadata } from "next";
import { PageHead } from "@/components/page-head";
import { Panel } from "@/components/panel";
import { env } from "@/env";
import { can, requireCtx } from "@/lib/ctx";
import { changeRole, invite, leave, remove, revoke } from "./actions";
import { InvitationList } from "./invitation-list";
import { InviteForm } from "./invite-form";
import { MemberList } from "./member-list";

export const metadata: Metadata = { title: "Members" };

type Props = { params: Promise<{ org: string }> };

export default async function MembersPage({ params }: Props) {
  const ctx = await requireCtx((await params).org);
  const { slug, role } = ctx.organization;
  const [members, invitations] = await Promise.all([listMembers(ctx), listInvitations(ctx)]);
  const mayInvite = can(ctx, "invitation.create");
  const givable = roles.slice(0, roles.indexOf(role) + 1);
  return (
    <>
      <PageHead
        title="Members"
        text={
          mayInvite
            ? "Viewers look, developers deploy, admins decide where to, owners decide everything."
            : `Your role is ${role}. Admins and owners invite people and change roles.`
        }
      />
      {mayInvite && (
        <Panel
          title="Invite somebody"
          text="They get a link from you. It works for their address alone, for seven days."
        >
          <InviteForm action={invite.bind(null, slug)} roles={givable} webUrl={env().WEB_URL} />
        </Panel>
      )}
      {invitations.length > 0 && (
        <Panel title="Open invitations">
          <InvitationList invitations={invitations} action={revoke.bind(null, slug)} />
        </Panel>
      )}
      <Panel title={members.length === 1 ? "1 member" : `${members.length} members`}>
        <MemberList
          members={members}
          self={ctx.user.userId}
          givable={mayInvite ? givable : []}
          changeRole={changeRole.bind(null, slug)}
          remove={remove.bind(null, slug)}
          leave={leave.bind(null, slug)}
        />
      </Panel>
    </>
  );
}
