import type { Db, Role } from "@branchline/db";
import type { Ctx } from "../ctx.ts";
import { isAllowed } from "../permissions.ts";
import { type InvitationState, stateOfInvitation } from "./rules.ts";
import { hashOfToken } from "./token.ts";

export type InvitationRow = {
  invitationId: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  state: Extract<InvitationState, "open" | "expired">;
};

/** Those that still can, or could, be accepted, newest first; none for a role that may not invite. */
export async function listInvitations(ctx: Ctx): Promise<InvitationRow[]> {
  const { db, organizationId, actor } = ctx;
  if ("role" in actor && !isAllowed(actor.role, "invitation.create")) return [];
  const rows = await db.invitation.findMany({
    where: { organizationId, acceptedAt: null, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: { invitedBy: { select: { name: true } } },
  });
  return rows.map(({ id, email, role, createdAt, expiresAt, invitedBy }) => ({
    invitationId: id,
    email,
    role,
    invitedBy: invitedBy.name,
    createdAt,
    expiresAt,
    state: expiresAt > ctx.now() ? "open" : "expired",
  }));
}

export type InvitationView = { organizationName: string; email: string; role: Role; state: InvitationState };

/** What the link's page shows before anybody has signed in. */
export async function findInvitation(db: Db, token: string, now: Date): Promise<InvitationView | null> {
  const row = await db.invitation.findUnique({
    where: { tokenHash: hashOfToken(token) },
    include: { organization: { select: { name: true } } },
  });
  if (row === null) return null;
  return {
    organizationName: row.organization.name,
    email: row.email,
    role: row.role,
    state: stateOfInvitation(row, now),
  };
}

export type OwnInvitation = {
  invitationId: string;
  organizationName: string;
  role: Role;
  invitedBy: string;
  expiresAt: Date;
};

/** The open invitations to the address that GitHub had verified when the person signed in, newest first. */
export async function listOwnInvitations(
  db: Db,
  { userId, now }: { userId: string; now: Date },
): Promise<OwnInvitation[]> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { email: true, emailVerified: true } });
  if (user === null || !user.emailVerified) return [];
  const rows = await db.invitation.findMany({
    where: {
      email: user.email.toLowerCase(),
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: now },
      organization: { members: { none: { userId } } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: { organization: { select: { name: true } }, invitedBy: { select: { name: true } } },
  });
  return rows.map(({ id, role, expiresAt, organization, invitedBy }) => ({
    invitationId: id,
    organizationName: organization.name,
    role,
    invitedBy: invitedBy.name,
    expiresAt,
  }));
}
